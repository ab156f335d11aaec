import type { RunCounts } from '@quakewire/core';

/** In this order, comma-separated and nothing for zero: ten numbers, most of them zero, are not worth ten attribute names. */
const order = [
  'considered',
  'notConcerned',
  'eligible',
  'accepted',
  'failed',
  'suppressed',
  'expired',
  'unknown',
  'handedToBackup',
  'fromBackup',
] as const satisfies readonly (keyof RunCounts)[];

export const packCounts = (counts: RunCounts): string => order.map((name) => counts[name] || '').join(',');

/** @throws when it is not ten whole numbers. */
export function unpackCounts(packed: string): RunCounts {
  const values = packed.split(',').map(Number);
  if (values.length !== order.length || !values.every(Number.isSafeInteger))
    throw new Error(`counts ${JSON.stringify(packed)} are not ten whole numbers`);
  return Object.fromEntries(order.map((name, index) => [name, values[index]])) as unknown as RunCounts;
}
