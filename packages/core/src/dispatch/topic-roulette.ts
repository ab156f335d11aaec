/** Wake-ups of one alert on one channel, to be spread over the channel's active partitions. */
export interface Spread {
  /** How many wake-ups there are, nearest first. */
  count: number;
  /** How many partitions are written to (sizing in force); more than there are means all. */
  activePartitions: number;
  /** How many partitions the topic has now. */
  livePartitions: number;
  /** Where the walk over the active partitions starts, any whole number from 0: see `rouletteStart`. */
  start: number;
}

/**
 * Active partition `index` of `active`: evenly spread over the live ones, so that every poller has its share.
 */
const activePartition = (index: number, active: number, live: number): number => Math.floor((index * live) / active);

/**
 * The partition of each wake-up in turn: a walk over the active partitions from `start`, round and round. The fullest
 * partition gets at most one wake-up more than the emptiest.
 * @throws RangeError when the topic has no partition.
 */
export function assignPartitions({ count, activePartitions, livePartitions, start }: Spread): number[] {
  if (livePartitions < 1) throw new RangeError('the topic has no partition: create it before wake-ups are published');
  const active = Math.max(1, Math.min(activePartitions, livePartitions));
  return Array.from({ length: count }, (_, step) => activePartition((start + step) % active, active, livePartitions));
}

/** Every active partition once, in order. */
export const activePartitionsOf = (activePartitions: number, livePartitions: number): number[] =>
  assignPartitions({ count: Math.min(activePartitions, livePartitions), activePartitions, livePartitions, start: 0 });

/** Where the newest alert of each channel started. */
export type RouletteStarts = Map<string, number>;

/**
 * Where an alert starts its walk: from what is stored of it, so that a leader that takes over agrees. Consecutive alerts
 * of one earthquake always differ; `previousStart` (of the channel's alert before, where it is known) keeps those of two
 * earthquakes apart as well.
 */
export function rouletteStart(
  alert: { earthquakeId: string; seq: number },
  activePartitions: number,
  previousStart?: number,
): number {
  const start = (textHash(alert.earthquakeId) + alert.seq) % activePartitions;
  return start === previousStart ? (start + 1) % activePartitions : start;
}

/** FNV-1a, 32 bits: spreads ids that differ in their last digits only. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
