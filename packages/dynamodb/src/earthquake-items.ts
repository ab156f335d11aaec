import type { Earthquake } from '@quakewire/core';
import { type Item, number, reader, text, toAttributes } from './attribute-values.ts';

/** Origin times are found by the ten minutes they fall in. */
const bucketMs = 600_000;
const revisionDigits = 6;

export const revisionPartitionKey = (earthquakeId: string): string => `E#${earthquakeId}`;
export const revisionKey = (earthquakeId: string, revision: number): Item => ({
  pk: text(revisionPartitionKey(earthquakeId)),
  sk: text(String(revision).padStart(revisionDigits, '0')),
});
export const bucketKey = (originTimeMs: number): string => `T#${Math.floor(originTimeMs / bucketMs)}`;
/** Keys of all buckets from `fromMs` to `toMs`. */
export function bucketKeys(fromMs: number, toMs: number): string[] {
  const first = Math.floor(fromMs / bucketMs);
  const count = Math.floor(toMs / bucketMs) - first + 1;
  return Array.from({ length: count }, (_, index) => bucketKey((first + index) * bucketMs));
}
export const sourceIdKey = (id: string): string => `I#${id}`;

/** A revision is the whole earthquake as it was then, with all its bulletins. */
export const revisionItemOf = (earthquake: Earthquake, ttl: number): Item => ({
  ...revisionKey(earthquake.id, earthquake.revision),
  ...toAttributes({ earthquake: text(JSON.stringify(earthquake)), timeToLive: number(ttl) }),
});
export const earthquakeOf = (item: Item): Earthquake => JSON.parse(reader(item).text('earthquake'));

/** Points from a bucket or a source's id to the earthquake; several earthquakes may stand below one. */
export const pointerItemOf = (partitionKey: string, earthquakeId: string, ttl: number): Item => ({
  ...{ pk: text(partitionKey), sk: text(earthquakeId) },
  ...toAttributes({ timeToLive: number(ttl) }),
});
