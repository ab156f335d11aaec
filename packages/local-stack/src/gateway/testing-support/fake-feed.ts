import type { KafkaRecord } from '../poller/kafka-record.ts';
import type { FeedHandlers, RecordFeed } from '../poller/record-feed.ts';

/** A topic in memory, read by one poller at a time. */
export interface FakeFeed {
  feed: RecordFeed;
  deliver(records: readonly KafkaRecord[]): void;
  /** The connection breaks; the next openings fail so many times. */
  lose(failedOpenings: number): void;
  /** Next offset to read of each partition, as committed. */
  committed: Map<number, number>;
  held: Set<number>;
  opened(): number;
  isOpen(): boolean;
  /** What Kafka's retention has left, by partition. */
  earliest: Map<number, number>;
}

export function createFakeFeed(): FakeFeed {
  let handlers: FeedHandlers | null = null;
  let openings = 0;
  let failures = 0;
  const committed = new Map<number, number>();
  const held = new Set<number>();
  const earliest = new Map<number, number>();

  const feed: RecordFeed = async (given) => {
    openings += 1;
    if (failures > 0) {
      failures -= 1;
      throw new Error('no broker');
    }
    handlers = given;
    return {
      hold: (partition) => void held.add(partition),
      resume: (partition) => void held.delete(partition),
      async commit(offsets) {
        if (handlers !== given) throw new Error('not connected');
        for (const { partition, offset } of offsets) committed.set(partition, offset);
      },
      earliestOffset: async (partition) => earliest.get(partition) ?? 0,
      async close() {
        if (handlers === given) handlers = null;
      },
    };
  };
  return {
    feed,
    deliver: (records) => handlers?.onRecords(records),
    lose(failedOpenings) {
      failures = failedOpenings;
      const lost = handlers;
      handlers = null;
      lost?.onLost(new Error('connection lost'));
    },
    committed,
    held,
    opened: () => openings,
    isOpen: () => handlers !== null,
    earliest,
  };
}
