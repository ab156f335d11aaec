import { up } from './integer.ts';

/** One event poller serves five partitions, so partition counts above five are multiples of it. */
export const partitionsPerPoller = 5;

/** The next partition count on the ladder 1, 2, 3, 4, 5, 10, 15, ... */
export function ladder(count: number): number {
  return count <= partitionsPerPoller ? count : up(count, partitionsPerPoller) * partitionsPerPoller;
}

/** The highest count on the ladder that is not above `count`. */
export function ladderFloor(count: number): number {
  return count <= partitionsPerPoller ? count : count - (count % partitionsPerPoller);
}

/** One step down the ladder. */
export function ladderBelow(count: number): number {
  return ladderFloor(count - 1);
}
