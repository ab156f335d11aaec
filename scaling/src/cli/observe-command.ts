import type { Observation } from '../decide/observation.ts';
import type { Policy } from '../decide/policy.ts';
import { serialise } from '../decide/serialise.ts';
import { observe } from '../observe/observe.ts';
import type { CliContext, Command } from './cli-context.ts';
import { InputError } from './input-error.ts';
import { parseOptions } from './parse-options.ts';
import { readPolicy, readSizing } from './read-inputs.ts';
import { writeTextAtomically } from './write-text.ts';

export const observeCommand: Command = async (args, context) => {
  const options = parseOptions(args, {
    policy: 'required',
    environment: 'required',
    output: 'required',
    previous: 'optional',
    first: 'flag',
  });
  const lastCounts = options.previous === undefined ? {} : readSizing(options.previous).carried.endpoints;
  const observation = await observeEnvironment({ ...options, policy: readPolicy(options.policy), lastCounts }, context);
  writeTextAtomically(options.output, serialise(observation));
  context.say(`Observed; ${options.output} is written.`);
  return 0;
};

export interface ObserveOptions {
  environment: string;
  policy: Policy;
  /** Nothing is installed yet. */
  first: boolean;
  lastCounts: Readonly<Record<string, number>>;
}

/** Opens the environment's connections, reads, and closes them again whatever happens. */
export async function observeEnvironment(
  { environment, policy, first, lastCounts }: ObserveOptions,
  context: CliContext,
): Promise<Observation> {
  const { ports, close } = context.openPorts(requireEnvironment(environment), first);
  try {
    return await observe({
      policy,
      lastCounts,
      ports,
      onFailure: (input, error) => context.say(`Not known: ${input} (${describe(error)}).`),
    });
  } finally {
    await close();
  }
}

/** The name becomes part of table, function and file names. */
export function requireEnvironment(name: string): string {
  if (/^[a-z][a-z0-9]{1,11}$/.test(name)) return name;
  throw new InputError('--environment must be 2 to 12 lower-case letters and digits, beginning with a letter');
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'no reason given';
}
