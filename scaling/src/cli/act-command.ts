import { join } from 'node:path';
import { act } from '../act/act.ts';
import type { Observation } from '../decide/observation.ts';
import type { Policy } from '../decide/policy.ts';
import type { Sizing } from '../decide/sizing.ts';
import type { CliContext, Command } from './cli-context.ts';
import { requireEnvironment } from './observe-command.ts';
import { type Options, parseOptions } from './parse-options.ts';
import { readObservation, readPolicy, readSizing } from './read-inputs.ts';

export const applyOptions = {
  environment: 'required',
  tfvars: 'required',
  'var-file': 'files',
  terraform: 'optional',
} as const;

export const actCommand: Command = async (args, context) => {
  const options = parseOptions(args, {
    sizing: 'required',
    policy: 'required',
    observation: 'optional',
    ...applyOptions,
  });
  const sizing = readSizing(options.sizing);
  const observation = options.observation === undefined ? undefined : readObservation(options.observation);
  await applySizing({ sizing, policy: readPolicy(options.policy), observation }, options, context);
  return sizing.exitCode;
};

export async function applySizing(
  decided: { sizing: Sizing; policy: Policy; observation: Observation | undefined },
  options: Options<typeof applyOptions>,
  { say, terraform, environmentFolder }: CliContext,
): Promise<void> {
  const folder = environmentFolder(requireEnvironment(options.environment));
  await act({
    sizing: decided.sizing,
    policy: decided.policy,
    ...(decided.observation && { observation: decided.observation }),
    tfvarsFile: options.tfvars,
    runTerraform: terraform(options.terraform),
    variableFiles: (root) => [join(folder, `${root}.tfvars`), ...options['var-file']],
    say,
  });
}
