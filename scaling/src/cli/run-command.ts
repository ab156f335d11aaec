import { readTfvars } from '../act/read-tfvars.ts';
import { sizingFromTfvars } from '../act/sizing-from-tfvars.ts';
import { readTextIfThere, writeTextAtomically } from '../act/text-file.ts';
import { decide } from '../decide/decide.ts';
import { serialise } from '../decide/serialise.ts';
import type { Sizing } from '../decide/sizing.ts';
import { applyOptions, applySizing } from './act-command.ts';
import type { CliContext, Command } from './cli-context.ts';
import { showSizing } from './decide-command.ts';
import { InputError } from './input-error.ts';
import { flagOptions, observeEnvironment } from './observe-command.ts';
import { parseOptions } from './parse-options.ts';
import { readPolicy, readSizing } from './read-inputs.ts';

export const runCommand: Command = async (args, context) => {
  const options = parseOptions(args, {
    policy: 'required',
    previous: 'required',
    'dry-run': 'flag',
    json: 'flag',
    ...flagOptions,
    ...applyOptions,
  });
  const policy = readPolicy(options.policy);
  const previous = findPrevious(options, context);
  const observation = await observeEnvironment(policy, options, context);
  const sizing = decide(observation, policy, previous);
  context.print(showSizing(sizing, policy, options.json));
  if (options['dry-run']) return sizing.exitCode;
  await applySizing({ sizing, policy, observation }, options, context);
  writeTextAtomically(options.previous, serialise(sizing));
  return sizing.exitCode;
};

interface PreviousOptions {
  previous: string;
  tfvars: string;
  first: boolean;
}

/**
 * The last sizing: its capacity from the file in force, its history from its own file. Without the history nothing
 * shrinks for some runs; without the file in force nothing is decided, unless someone says that this is the first:
 * guessing would size a running installation from nothing.
 */
function findPrevious({ previous, tfvars, first }: PreviousOptions, { say }: CliContext): Sizing | null {
  const last = readTextIfThere(previous) === null ? null : readSizing(previous);
  const inForce = readTfvars(tfvars);
  if (inForce !== null) {
    const { capacity } = sizingFromTfvars(inForce);
    if (last === null) say(`${previous} is missing: nothing shrinks until enough new runs agree.`);
    else if (serialise(last.capacity) !== serialise(capacity))
      say(`${previous} differs from ${tfvars}, which is in force.`);
    return { ...(last ?? sizingFromTfvars(inForce)), capacity };
  }
  if (last !== null && last.capacity !== null) {
    throw new InputError(
      `${tfvars} is gone but ${previous} exists: restore its last good version; nothing was changed`,
    );
  }
  if (last !== null || first) return last;
  throw new InputError(
    `neither ${tfvars} nor ${previous} exists: restore them, or say --first if nothing is installed yet`,
  );
}
