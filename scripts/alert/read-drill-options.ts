import { offsetHours, timeZoneAt } from '@quakewire/core';
import { UsageError } from '../reports/usage-error.ts';
import { type OperatorOptions, requestOf, type Wanted } from './read-alert-options.ts';
import { readArguments, readSolution, required, solutionOptions, wholeSolution } from './read-arguments.ts';
import { readZonedTime } from './zoned-time.ts';

export type WantedOfDrill = Exclude<Wanted, { verb: 'update' | 'withdraw' }> | { verb: 'stop'; id: string };

const taken = { schedule: ['at', 'country', ...solutionOptions], approve: [], stop: [], list: [] } as const;

/** @throws UsageError */
export function readDrillOptions(args: readonly string[]): OperatorOptions<WantedOfDrill> | 'help' {
  const given = readArguments(args, taken);
  if (given === 'help') return given;
  const { subject, values, apply, environment } = given;
  const verb = given.verb as keyof typeof taken;
  if (verb === 'list') return { wanted: { verb }, apply, environment };
  if (verb !== 'schedule') return { wanted: { verb, id: requestOf(subject) }, apply, environment };
  if (subject !== undefined) throw new UsageError('schedule names nothing: it makes a drill.');
  return { wanted: { verb: 'ask', asked: drillOf(values) }, apply, environment };
}

function drillOf(values: Parameters<typeof readSolution>[0]) {
  const { timeMs: startAtMs, timeZone } = readZonedTime('--at', required(values.at, '--at, with its zone'));
  const country = required(values.country, '--country, where the drill is (such as RO)').toUpperCase();
  const solution = wholeSolution(readSolution(values));
  const placeZone = timeZoneAt({ country, longitude: solution.longitude });
  if (!/^[A-Z]{2}$/.test(country) || placeZone === 'UTC')
    throw new UsageError('--country must be two letters (ISO 3166-1), such as RO.');
  if (offsetHours(placeZone, startAtMs) !== offsetHours(timeZone, startAtMs))
    throw new UsageError(`--at must be written in the time of the drill's place: there it is ${placeZone}.`);
  return { kind: 'drill' as const, startAtMs, country, solution };
}
