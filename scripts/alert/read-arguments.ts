import { parseArgs } from 'node:util';
import type { Solution } from '@quakewire/core';
import { readEnvironment } from '../reports/read-options.ts';
import { UsageError } from '../reports/usage-error.ts';

const options = {
  at: { type: 'string' },
  country: { type: 'string' },
  origin: { type: 'string' },
  latitude: { type: 'string' },
  longitude: { type: 'string' },
  depth: { type: 'string' },
  magnitude: { type: 'string' },
  region: { type: 'string' },
  apply: { type: 'boolean' },
  environment: { type: 'string' },
  help: { type: 'boolean' },
} as const;
export type OptionName = keyof typeof options;

export interface Arguments {
  verb: string;
  /** What the verb is about: an earthquake or a request. */
  subject: string | undefined;
  values: Partial<Record<Exclude<OptionName, 'apply' | 'help'>, string>>;
  apply: boolean;
  environment: string;
}

export const solutionOptions = ['latitude', 'longitude', 'depth', 'magnitude', 'region'] as const;

/**
 * The words of a command line whose verbs take these options besides --apply and --environment.
 * @throws UsageError
 */
export function readArguments(
  args: readonly string[],
  taken: Readonly<Record<string, readonly OptionName[]>>,
): Arguments | 'help' {
  const { values, positionals } = parsed(args);
  const [verb, subject, ...more] = positionals;
  if (values.help || verb === undefined) return 'help';
  const own = Object.hasOwn(taken, verb) ? taken[verb] : undefined;
  if (!own) throw new UsageError(`The command must be one of ${Object.keys(taken).join(', ')}.`);
  const foreign = Object.keys(values).find((name) => !['apply', 'environment', ...own].includes(name));
  if (foreign) throw new UsageError(`${verb} takes no --${foreign}.`);
  if (more.length > 0) throw new UsageError('There is an argument too many.');
  const { apply = false, environment = 'local', help: _, ...rest } = values;
  return { verb, subject, values: rest, apply, environment: readEnvironment(environment) };
}

/** Numbers below zero look like options to the parser. */
function parsed(args: readonly string[]) {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    if (/^-\d/.test(arg) && last?.startsWith('--') && !last.includes('=')) joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  try {
    return parseArgs({ args: joined, options, allowPositionals: true });
  } catch {
    throw new UsageError('There is an unknown option, or one without its value.');
  }
}

/** @throws UsageError */
export function required(value: string | undefined, name: string): string {
  if (value === undefined || value.trim() === '') throw new UsageError(`Give ${name}.`);
  return value;
}

/** Those parts of a solution that were given. @throws UsageError */
export function readSolution(values: Arguments['values']): Partial<Solution> {
  const { latitude, longitude, depth, magnitude, region } = values;
  return {
    ...(latitude === undefined ? {} : { latitude: readNumber('--latitude', latitude, -90, 90) }),
    ...(longitude === undefined ? {} : { longitude: readNumber('--longitude', longitude, -180, 180) }),
    ...(depth === undefined ? {} : { depthKm: readNumber('--depth', depth, -10, 800) }),
    ...(magnitude === undefined ? {} : { magnitude: readNumber('--magnitude', magnitude, -2, 10) }),
    ...(region === undefined ? {} : { region: readRegion(region) }),
  };
}

/** @throws UsageError naming what is missing. */
export function wholeSolution(solution: Partial<Solution>): Solution {
  const { latitude, longitude, depthKm, magnitude, region } = solution;
  if (latitude === undefined || longitude === undefined) throw new UsageError('Give --latitude and --longitude.');
  if (depthKm === undefined) throw new UsageError('Give --depth in km.');
  if (magnitude === undefined) throw new UsageError('Give --magnitude.');
  if (region === undefined) throw new UsageError('Give --region, as people know it.');
  return { latitude, longitude, depthKm, magnitude, region };
}

function readNumber(name: string, value: string, lowest: number, highest: number): number {
  const number = Number(value);
  if (!/^-?\d{1,3}(\.\d{1,6})?$/.test(value) || number < lowest || number > highest)
    throw new UsageError(`${name} must be a number from ${lowest} to ${highest}.`);
  return number;
}

function readRegion(value: string): string {
  if (value.trim().length === 0 || value.length > 100) throw new UsageError('--region must be 1 to 100 characters.');
  return value.trim();
}
