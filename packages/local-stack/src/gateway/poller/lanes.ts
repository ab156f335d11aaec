import { type AssemblyRule, assembleBatches, nextWindowMs } from './batch-assembly.ts';
import { payloadBytes } from './kafka-event.ts';
import type { KafkaRecord } from './kafka-record.ts';
import { createOffsetTracker, type OffsetTracker } from './offset-tracker.ts';

interface Lane {
  partition: number;
  waiting: { record: KafkaRecord; arrivedMs: number; payloadBytes: number }[];
  waitingBytes: number;
  /** An invocation with records of this partition is under way. */
  busy: boolean;
  nextOffset: number;
  offsets: OffsetTracker;
}

export interface PartitionOffset {
  partition: number;
  offset: number;
}

/** The partitions of one topic: what waits, what is under way, what may be committed. No I/O, no time of its own. */
export interface Lanes {
  /** Takes records in; those already known (a group that re-joins reads again from the last commit) are ignored. */
  add(records: readonly KafkaRecord[], nowMs: number): void;
  /** The batches that may start now; their partitions are busy until `release`. */
  take(rule: AssemblyRule): KafkaRecord[][];
  release(records: readonly KafkaRecord[]): void;
  settle(records: readonly KafkaRecord[]): void;
  nextWindowMs(rule: Pick<AssemblyRule, 'windowMs' | 'nowMs'>): number | null;
  uncommitted(): PartitionOffset[];
  committed(offsets: readonly PartitionOffset[]): void;
  /** Records and bytes that wait in each partition. */
  backlogs(): { partition: number; records: number; bytes: number }[];
  /** Partitions seen, and those with work. */
  load(): { partitions: number; busyPartitions: number };
}

export function createLanes(): Lanes {
  const lanes = new Map<number, Lane>();
  const laneOf = (partition: number): Lane => {
    const known = lanes.get(partition);
    if (known) return known;
    const lane: Lane = {
      partition,
      waiting: [],
      waitingBytes: 0,
      busy: false,
      nextOffset: 0,
      offsets: createOffsetTracker(),
    };
    lanes.set(partition, lane);
    return lane;
  };
  const idle = () =>
    [...lanes.values()].filter(({ busy }) => !busy).map(({ partition, waiting }) => ({ partition, records: waiting }));

  return {
    add(records, nowMs) {
      for (const record of records) {
        const lane = laneOf(record.partition);
        if (record.offset < lane.nextOffset) continue;
        lane.nextOffset = record.offset + 1;
        lane.offsets.received(record.offset);
        const bytes = payloadBytes(record);
        lane.waiting.push({ record, arrivedMs: nowMs, payloadBytes: bytes });
        lane.waitingBytes += bytes;
      }
    },
    take(rule) {
      return assembleBatches(idle(), rule).map((cut) =>
        cut.flatMap(({ partition, count }) => {
          const lane = laneOf(partition);
          lane.busy = true;
          const taken = lane.waiting.splice(0, count);
          lane.waitingBytes -= taken.reduce((sum, { payloadBytes: bytes }) => sum + bytes, 0);
          return taken.map(({ record }) => record);
        }),
      );
    },
    release: (records) => {
      for (const { partition } of records) laneOf(partition).busy = false;
    },
    settle: (records) => {
      for (const { partition, offset } of records) laneOf(partition).offsets.settled(offset);
    },
    nextWindowMs: (rule) => nextWindowMs(idle(), rule),
    uncommitted: () =>
      [...lanes.values()].flatMap(({ partition, offsets }) => {
        const offset = offsets.uncommitted();
        return offset === null ? [] : [{ partition, offset }];
      }),
    committed: (offsets) => {
      for (const { partition, offset } of offsets) laneOf(partition).offsets.committed(offset);
    },
    backlogs: () =>
      [...lanes.values()].map(({ partition, waiting, waitingBytes }) => ({
        partition,
        records: waiting.length,
        bytes: waitingBytes,
      })),
    load: () => ({
      partitions: lanes.size,
      busyPartitions: [...lanes.values()].filter(({ busy, waiting }) => busy || waiting.length > 0).length,
    }),
  };
}
