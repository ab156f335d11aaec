import { decide } from '../decide/decide.ts';
import type { Policy } from '../decide/policy.ts';
import { serialise } from '../decide/serialise.ts';
import type { Sizing } from '../decide/sizing.ts';
import { renderSizing } from '../report/render-sizing.ts';
import type { Command } from './cli-context.ts';
import { parseOptions } from './parse-options.ts';
import { readObservation, readPolicy, readSizing } from './read-inputs.ts';

export const decideCommand: Command = async (args, { print }) => {
  const options = parseOptions(args, {
    observation: 'required',
    policy: 'required',
    previous: 'optional',
    json: 'flag',
  });
  const policy = readPolicy(options.policy);
  const previous = options.previous === undefined ? null : readSizing(options.previous);
  const sizing = decide(readObservation(options.observation), policy, previous);
  print(showSizing(sizing, policy, options.json));
  return sizing.exitCode;
};

export function showSizing(sizing: Sizing, policy: Policy, json: boolean): string {
  return json ? serialise(sizing) : renderSizing(sizing, policy);
}
