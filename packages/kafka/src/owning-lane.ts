/**
 * Which of `lanes` publishing lanes owns a partition, from 0: each a contiguous share of the live ones, so that evenly
 * spaced active partitions too are shared evenly. A partition that is newer than the count belongs to the last lane.
 */
export const owningLane = (partition: number, livePartitions: number, lanes: number): number =>
  Math.min(lanes - 1, Math.floor((partition * lanes) / Math.max(1, livePartitions)));
