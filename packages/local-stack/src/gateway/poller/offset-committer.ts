import type { Logger } from '@quakewire/core';
import type { Lanes, PartitionOffset } from './lanes.ts';

export interface OffsetCommitter {
  /** Commits what is settled; one call at a time, each with all that was settled meanwhile. Never rejects. */
  commit(): Promise<void>;
}

/** Commits only what was processed or disposed of. Invocations never wait for it: after a crash they repeat at most that. */
export function createOffsetCommitter(
  lanes: Pick<Lanes, 'uncommitted' | 'committed'>,
  send: (offsets: readonly PartitionOffset[]) => Promise<boolean>,
  logger: Logger,
): OffsetCommitter {
  let underWay: Promise<void> | null = null;

  async function commitAll(): Promise<void> {
    for (let offsets = lanes.uncommitted(); offsets.length > 0; offsets = lanes.uncommitted()) {
      try {
        if (!(await send(offsets))) return;
        lanes.committed(offsets);
      } catch (error) {
        logger.warn({ err: error }, 'offsets not committed, they go with the next ones');
        return;
      }
    }
  }
  return {
    commit() {
      underWay ??= commitAll().finally(() => {
        underWay = null;
      });
      return underWay;
    },
  };
}
