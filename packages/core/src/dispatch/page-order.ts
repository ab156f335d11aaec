import { epicentralDistanceKm, type Place } from '../place/geodesy.ts';
import type { Segment } from './segment-map.ts';

/** Pages of a segment, nearest first; ties by their order in the segment. */
export function pagesByDistance(segment: Segment, epicentre: Place): number[] {
  const distances = segment.pages.map((page) => epicentralDistanceKm(page.centre, epicentre));
  return distances.map((_, page) => page).sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0) || a - b);
}

/**
 * The order in which the worker of slot `slot` tries a segment's pages: those of its own rank first, then the others, both
 * nearest first. So up to `maxWorkers` workers walk one segment without meeting.
 */
export function pagesForSlot(nearestFirst: readonly number[], slot: number, maxWorkers: number): number[] {
  const rank = slot % maxWorkers;
  const own = nearestFirst.filter((_, position) => position % maxWorkers === rank);
  const others = nearestFirst.filter((_, position) => position % maxWorkers !== rank);
  return [...own, ...others];
}

/** A segment that may have free pages. */
export interface UntakenSegment {
  /** Its place in the run's order, nearest first. */
  rank: number;
  /** How long it has been known that somebody works on it, in milliseconds; undefined = nobody does. */
  begunForMs: number | undefined;
}

/** Where slot `slot` begins in a run that begins: on the floor(slot / maxWorkers)-th nearest segment, round and round. */
export const homeSegment = (untaken: readonly UntakenSegment[], slot: number, maxWorkers: number): number | undefined =>
  untaken[Math.floor(slot / maxWorkers) % Math.max(1, untaken.length)]?.rank;

/** A segment that was begun so long ago and still has free pages is joined: its worker may be gone. */
const joinAfterMs = 5_000;

/**
 * Where the worker of slot `slot` goes on: to the nearest segment that nobody has begun or that takes long, so that segments
 * are begun in their order without workers getting into each other's way; when there is none, to one that has free pages.
 * Where several were begun by others, workers that turn at the same moment help on different ones.
 */
export function nextSegment(untaken: readonly UntakenSegment[], slot: number): number | undefined {
  const untouched = untaken.findIndex(({ begunForMs }) => begunForMs === undefined);
  const nearer = untouched === -1 ? untaken : untaken.slice(0, untouched);
  const slow = nearer.filter(({ begunForMs = 0 }) => begunForMs >= joinAfterMs);
  if (slow.length === 0 && untouched !== -1) return untaken[untouched]?.rank;
  const choices = slow.length > 0 ? slow : untaken;
  return choices[slot % Math.max(1, choices.length)]?.rank;
}
