import type { Demand } from './demand.ts';
import { down, up } from './integer.ts';

const segmentSizes = [400, 1_000, 2_000, 4_000, 10_000, 20_000, 40_000];
/** About 100 bytes a segment: the map stays inside one 400 KB item and sorts in a few ms. */
const maximumSegments = 2_500;
export const smallestSegment = segmentSizes[0] as number;

const shareSizes = [1_000, 400, 200, 100];
/** Far inside a page's lease (60 s) and the function's timeout (120 s). */
const maximumShareMs = 10_000;

/** The smallest segment with which the channel's map stays small enough. */
export function targetSegment(served: number): number {
  const fitting = segmentSizes.find((size) => up(served, size) <= maximumSegments);
  return fitting ?? (segmentSizes[segmentSizes.length - 1] as number);
}

/** How many workers may walk one segment: each gets a share that it finishes in a small part of the SLO. */
export function workersPerSegment(demand: Demand, segment: number, activePartitions: number): number {
  const limitMs = Math.min(maximumShareMs, down(demand.roomMs, 8));
  const rate = Math.min(demand.worker, down(demand.channelUsable, activePartitions));
  const share = shareSizes.find((size) => size * 1_000_000 <= limitMs * rate) ?? shareSizes[shareSizes.length - 1];
  return up(segment, share as number);
}
