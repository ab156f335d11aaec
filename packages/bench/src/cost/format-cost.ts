import type { MeteredAlert } from './metered-alert.ts';

/** A notification: write units, read units, Kafka records. */
const targets = { writes: 0.06, reads: 0.05, records: 0.01 };
/** Kinds of call below this share of a notification's units are summed up in one line. */
const smallest = 0.0001;

/** The table of units by kind of call, the sums against their targets, and whether all are kept. */
export function formatCost(alert: MeteredAlert, endpoints: number): { text: string; isKept: boolean } {
  const accepted = alert.counts?.accepted ?? 0;
  const each = (units: number): number => units / Math.max(1, accepted);
  const kinds = alert.usages.map(
    ({ kind, capacity, refused }): Kind => ({
      kind,
      calls: capacity.calls + refused,
      refused,
      writes: capacity.writeUnits,
      reads: capacity.readUnits,
    }),
  );
  const isLarge = (kind: Kind): boolean => each(kind.writes + kind.reads) >= smallest;
  const large = kinds.filter(isLarge).sort((a, b) => b.writes + b.reads - a.writes - a.reads);
  const small = sumOf(
    'other',
    kinds.filter((kind) => !isLarge(kind)),
  );
  const total = sumOf('all', kinds);
  const line = ({ kind, calls, refused, writes, reads }: Kind): string => {
    const counts = [calls, refused].map((count) => String(count).padStart(9));
    const units = [writes, reads].map((used) => each(used).toFixed(4).padStart(11));
    return [kind.padEnd(30), ...counts, ...units].join('');
  };
  const verdict = (name: string, value: number, target: number): string =>
    `${name.padEnd(14)}${value.toFixed(4)} a notification, target ${target}: ${(value / target).toFixed(2)} of it${value > target ? '  MISSED' : ''}`;
  const sums = [
    ['write units', each(total.writes), targets.writes],
    ['read units', each(total.reads), targets.reads],
    ['Kafka records', each(alert.records), targets.records],
  ] as const;
  const isEverybodyTold = accepted === endpoints;
  const text = [
    `${accepted} of ${endpoints} told${isEverybodyTold ? '' : '  MISSED'}, in ${(alert.virtualMs / 1000).toFixed(1)} s of virtual time (it waits for the tables)`,
    `kind of call                      calls  refused     writes      reads`,
    ...[...large, small, total].map(line),
    '',
    ...sums.map(([name, value, target]) => verdict(name, value, target)),
  ].join('\n');
  return { text, isKept: isEverybodyTold && sums.every(([, value, target]) => value <= target) };
}

interface Kind {
  kind: string;
  calls: number;
  refused: number;
  writes: number;
  reads: number;
}

const sumOf = (kind: string, kinds: readonly Kind[]): Kind =>
  kinds.reduce(
    (sum, { calls, refused, writes, reads }) => ({
      kind,
      calls: sum.calls + calls,
      refused: sum.refused + refused,
      writes: sum.writes + writes,
      reads: sum.reads + reads,
    }),
    { kind, calls: 0, refused: 0, writes: 0, reads: 0 },
  );
