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

/**
 * Where slot `slot` works: on the floor(slot / maxWorkers)-th nearest of the segments that still have free pages, round
 * and round when there are fewer. Undefined when there is none.
 * @param untaken ranks of the segments without a `taken` mark, nearest first.
 */
export const homeSegment = (untaken: readonly number[], slot: number, maxWorkers: number): number | undefined =>
  untaken[Math.floor(slot / maxWorkers) % Math.max(1, untaken.length)];
