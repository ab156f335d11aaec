import type { Asked, Solution } from '@quakewire/core';
import { UsageError } from '../reports/usage-error.ts';
import { readArguments, readSolution, required, solutionOptions, wholeSolution } from './read-arguments.ts';
import { readInstant } from './zoned-time.ts';

/** What is wanted; an update names what changes, the rest is as it is now. */
export type Wanted =
  | { verb: 'ask'; asked: Exclude<Asked, { kind: 'update' }> }
  | { verb: 'update'; earthquakeId: string; changes: Partial<Solution> }
  | { verb: 'approve' | 'withdraw'; id: string }
  | { verb: 'list' };

export interface OperatorOptions<Verb = Wanted> {
  wanted: Verb;
  apply: boolean;
  environment: string;
}

const taken = {
  issue: ['origin', ...solutionOptions],
  update: solutionOptions,
  'all-clear': [],
  cancel: [],
  approve: [],
  withdraw: [],
  list: [],
} as const;

/** @throws UsageError */
export function readAlertOptions(args: readonly string[]): OperatorOptions | 'help' {
  const given = readArguments(args, taken);
  if (given === 'help') return given;
  const { verb, subject, values, apply, environment } = given;
  return { wanted: wantedOf(verb as keyof typeof taken, subject, values), apply, environment };
}

function wantedOf(
  verb: keyof typeof taken,
  subject: string | undefined,
  values: Parameters<typeof readSolution>[0],
): Wanted {
  switch (verb) {
    case 'issue': {
      if (subject !== undefined) throw new UsageError('issue names no earthquake: it makes one.');
      const originTimeMs = readInstant('--origin', required(values.origin, '--origin, the time of the earthquake'));
      return { verb: 'ask', asked: { kind: 'issue', originTimeMs, solution: wholeSolution(readSolution(values)) } };
    }
    case 'update': {
      const changes = readSolution(values);
      if (Object.keys(changes).length === 0) throw new UsageError('Say what changed, such as --magnitude 6.4.');
      return { verb, earthquakeId: earthquakeOf(subject), changes };
    }
    case 'all-clear':
      return { verb: 'ask', asked: { kind: 'allClear', earthquakeId: earthquakeOf(subject) } };
    case 'cancel':
      return { verb: 'ask', asked: { kind: 'cancel', earthquakeId: earthquakeOf(subject) } };
    case 'list':
      return { verb };
    default:
      return { verb, id: requestOf(subject) };
  }
}

function earthquakeOf(subject: string | undefined): string {
  const [, id] = /^([\w.:-]{1,200})(?:\/\d+)?$/.exec(required(subject, "the earthquake's id")) ?? [];
  if (id === undefined) throw new UsageError("Name the earthquake by its id, as in its alert's report.");
  return id;
}

/** @throws UsageError */
export function requestOf(subject: string | undefined): string {
  const id = required(subject, "the request's id (list shows it)");
  if (!/^[a-z0-9-]{1,60}$/.test(id)) throw new UsageError("A request's id is small letters, digits and hyphens.");
  return id;
}
