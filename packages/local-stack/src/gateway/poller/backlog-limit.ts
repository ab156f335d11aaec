import { maximumPayloadBytes } from './kafka-event.ts';
import type { Lanes } from './lanes.ts';
import type { OpenFeed } from './record-feed.ts';

/** Bounds the memory: a partition with a long backlog is not read further until half of it is gone. */
export interface BacklogLimit {
  apply(feed: OpenFeed | null): void;
  /** A feed that was opened anew holds nothing. */
  reset(): void;
}

const leastRecords = 1_000;
const maximumBytes = 2 * maximumPayloadBytes;

export function createBacklogLimit(lanes: Pick<Lanes, 'backlogs'>, batchSize: number): BacklogLimit {
  const held = new Set<number>();
  const maximumRecords = Math.max(leastRecords, 2 * batchSize);
  return {
    apply(feed) {
      for (const { partition, records, bytes } of lanes.backlogs()) {
        const share = Math.max(records / maximumRecords, bytes / maximumBytes);
        if (share >= 1 && !held.has(partition)) {
          held.add(partition);
          feed?.hold(partition);
        } else if (share < 0.5 && held.delete(partition)) {
          feed?.resume(partition);
        }
      }
    },
    reset: () => held.clear(),
  };
}
