import type { DispatchMessage, PartitionedMessage } from '@quakewire/core';
import { type Fault, faultsOf } from '../faults.ts';
import type { Scheduler } from '../scheduler.ts';

/** One record as a consumer gets it. */
export interface TopicRecord {
  partition: number;
  offset: number;
  message: DispatchMessage;
}

/** A channel's topic, with one invocation in flight a partition. */
export interface Topic {
  publish(messages: readonly PartitionedMessage[]): void;
  /** The invocation on a partition has ended. @param failed its record comes again, twice at most. */
  ended(record: TopicRecord, failed: boolean): void;
  isIdle(): boolean;
}

const pollMs = 20;
const retries = 2;
const retryMs = 1_000;

interface Partition {
  queue: TopicRecord[];
  isBusy: boolean;
  attempts: number;
}

/** Counts the records of all topics, so that a fault can name one. */
export interface RecordCount {
  next(): number;
}

/** @param invoke starts a consumer on a record. */
export function createTopic(
  scheduler: Scheduler,
  partitions: number,
  faults: readonly Fault[],
  count: RecordCount,
  invoke: (record: TopicRecord) => void,
): Topic {
  const all = Array.from({ length: partitions }, (): Partition => ({ queue: [], isBusy: false, attempts: 0 }));
  const lost = new Set(faultsOf(faults, 'lost').map(({ record }) => record));
  const reordered = new Set(faultsOf(faults, 'reordered').map(({ record }) => record));
  const delayed = new Map(faultsOf(faults, 'delayed').map(({ record, byMs }) => [record, byMs]));
  const duplicated = new Map(faultsOf(faults, 'duplicated').map(({ record, afterMs }) => [record, afterMs]));
  let offset = 0;
  let underway = 0;

  function poll(partition: Partition): void {
    if (partition.isBusy) return;
    const record = partition.queue.shift();
    if (!record) return;
    partition.isBusy = true;
    scheduler.after(pollMs, () => invoke(record));
  }

  function append({ partition, message }: PartitionedMessage, first: boolean): void {
    const target = all[partition];
    if (!target) throw new RangeError(`partition ${partition} does not exist`);
    const record = { partition, offset: offset++, message };
    if (first) target.queue.unshift(record);
    else target.queue.push(record);
    poll(target);
  }

  function appendAfter(ms: number, message: PartitionedMessage): void {
    underway++;
    scheduler.after(ms, () => {
      underway--;
      append(message, false);
    });
  }

  return {
    publish(messages) {
      for (const message of messages) {
        const record = count.next();
        const againMs = duplicated.get(record);
        if (againMs !== undefined) appendAfter(againMs, message);
        if (lost.has(record)) continue;
        const byMs = delayed.get(record);
        if (byMs === undefined) append(message, reordered.has(record));
        else appendAfter(byMs, message);
      }
    },
    ended(record, failed) {
      const partition = all[record.partition];
      if (!partition) return;
      partition.isBusy = false;
      partition.attempts = failed ? partition.attempts + 1 : 0;
      if (!failed || partition.attempts > retries) {
        partition.attempts = 0;
        poll(partition);
        return;
      }
      partition.isBusy = true;
      scheduler.after(retryMs, () => invoke(record));
    },
    isIdle: () => underway === 0 && all.every(({ isBusy, queue }) => !isBusy && queue.length === 0),
  };
}
