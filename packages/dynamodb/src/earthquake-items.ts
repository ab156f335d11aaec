import type { Aftershock, Earthquake, Mainshock } from '@quakewire/core';
import { type Item, number, reader, text, toAttributes } from './attribute-values.ts';

/** Origin times are found by the ten minutes they fall in. */
const bucketMs = 600_000;
const revisionDigits = 6;

export const revisionPartitionKey = (earthquakeId: string): string => `E#${earthquakeId}`;
export const revisionKey = (earthquakeId: string, revision: number): Item => ({
  pk: text(revisionPartitionKey(earthquakeId)),
  sk: text(String(revision).padStart(revisionDigits, '0')),
});

export const bucketName = (originTimeMs: number): string => `T#${Math.floor(originTimeMs / bucketMs)}`;
/** All buckets from `fromMs` to `toMs`. */
export function bucketNames(fromMs: number, toMs: number): string[] {
  const first = Math.floor(fromMs / bucketMs);
  const count = Math.floor(toMs / bucketMs) - first + 1;
  return Array.from({ length: count }, (_, index) => bucketName((first + index) * bucketMs));
}
export const bucketKey = (bucket: string): Item => ({ pk: text(bucket), sk: text('held') });

export const sourceIdKey = (id: string): string => `I#${id}`;
/** Lists of earthquakes that are asked for as such: one item an earthquake, as its newest revision says. */
export const listNames = { mainshocks: 'MAINSHOCKS', aftershocks: 'AFTERSHOCKS' } as const;
export type ListName = keyof typeof listNames;
export const listedKey = (list: ListName, earthquakeId: string): Item => ({
  pk: text(listNames[list]),
  sk: text(earthquakeId),
});

/** A revision is the whole earthquake as it was then, with all its bulletins. */
export const revisionItemOf = (earthquake: Earthquake, ttl: number): Item => ({
  ...revisionKey(earthquake.id, earthquake.revision),
  ...toAttributes({ earthquake: text(JSON.stringify(earthquake)), timeToLive: number(ttl) }),
});
export const earthquakeOf = (item: Item): Earthquake => JSON.parse(reader(item).text('earthquake'));

export const listedItemOf = (list: ListName, listed: Mainshock | Aftershock, ttl: number): Item => ({
  ...listedKey(list, listed.earthquakeId),
  ...toAttributes({ earthquake: text(JSON.stringify(listed)), timeToLive: number(ttl) }),
});
export const mainshockOfItem = (item: Item): Mainshock => JSON.parse(reader(item).text('earthquake'));
export const aftershockOfItem = (item: Item): Aftershock => JSON.parse(reader(item).text('earthquake'));

/** Points from a source's id to the earthquake; several earthquakes may stand below one. */
export const pointerItemOf = (sourceId: string, earthquakeId: string, ttl: number): Item => ({
  ...{ pk: text(sourceIdKey(sourceId)), sk: text(earthquakeId) },
  ...toAttributes({ timeToLive: number(ttl) }),
});
