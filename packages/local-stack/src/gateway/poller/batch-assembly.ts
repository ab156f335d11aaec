/** Records that wait in one idle partition, oldest first. */
export interface WaitingPartition {
  partition: number;
  records: readonly { arrivedMs: number; payloadBytes: number }[];
}

/** How many records from the head of which partition go into one invocation. */
export type BatchCut = { partition: number; count: number }[];

export interface AssemblyRule {
  batchSize: number;
  windowMs: number;
  maximumBytes: number;
  /** On-demand mode: one event may hold several partitions (https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-configure.html). */
  mixPartitions: boolean;
  /** How many invocations may start now. */
  slots: number;
  nowMs: number;
}

/**
 * The invocations that may start now: a batch leaves when it is full, when it reaches the payload limit or when its
 * oldest record has waited for the batching window (invocation-eventsourcemapping). The longest waiting go first.
 */
export function assembleBatches(waiting: readonly WaitingPartition[], rule: AssemblyRule): BatchCut[] {
  const oldestFirst = waiting
    .filter(({ records }) => records.length > 0)
    .sort((a, b) => firstArrivalMs(a) - firstArrivalMs(b));
  const groups = rule.mixPartitions && rule.batchSize > 1 ? [oldestFirst] : oldestFirst.map((one) => [one]);
  return groups.flatMap((group) => cutsOf(group, rule)).slice(0, Math.max(0, rule.slots));
}

/** Milliseconds until the next batching window closes, null when nothing waits for one. */
export function nextWindowMs(
  waiting: readonly WaitingPartition[],
  { windowMs, nowMs }: Pick<AssemblyRule, 'windowMs' | 'nowMs'>,
): number | null {
  const closings = waiting
    .filter(({ records }) => records.length > 0)
    .map((one) => firstArrivalMs(one) + windowMs - nowMs)
    .filter((ms) => ms > 0);
  return closings.length > 0 ? Math.min(...closings) : null;
}

const firstArrivalMs = ({ records }: WaitingPartition): number => records[0]?.arrivedMs ?? Number.POSITIVE_INFINITY;

/** Cuts of one group in a row, each partition in at most one of them: one invocation in flight a partition. */
function cutsOf(group: readonly WaitingPartition[], rule: AssemblyRule): BatchCut[] {
  const cuts: BatchCut[] = [];
  let rest = group;
  while (rest.length > 0) {
    const { cut, full } = fill(rest, rule);
    const windowClosed = rule.nowMs - Math.min(...rest.map(firstArrivalMs)) >= rule.windowMs;
    if (!full && !windowClosed) break;
    cuts.push(cut);
    rest = rest.slice(cut.length);
  }
  return cuts;
}

/** One batch from the head of each partition in turn; `full` = no further record fits. */
function fill(group: readonly WaitingPartition[], rule: AssemblyRule): { cut: BatchCut; full: boolean } {
  const cut: BatchCut = [];
  let count = 0;
  let bytes = 0;
  for (const { partition, records } of group) {
    let taken = 0;
    for (const record of records) {
      const fits = count < rule.batchSize && bytes + record.payloadBytes <= rule.maximumBytes;
      // A single record above the limit is taken alone: it can only be disposed of.
      if (!fits && count > 0) break;
      count += 1;
      taken += 1;
      bytes += record.payloadBytes;
    }
    if (taken > 0) cut.push({ partition, count: taken });
    if (taken < records.length || count >= rule.batchSize || bytes >= rule.maximumBytes) return { cut, full: true };
  }
  return { cut, full: false };
}
