import type { Clock } from '@quakewire/core';
import { backoffMs } from './next-step.ts';
import type { FeedHandlers, OpenFeed, RecordFeed } from './record-feed.ts';

export interface FeedConnection {
  /** Resolves when the first attempt has ended, well or badly. */
  start(): Promise<void>;
  /** The feed as long as it is open. */
  current(): OpenFeed | null;
  close(): Promise<void>;
}

export interface FeedConnectionOptions {
  feed: RecordFeed;
  clock: Clock;
  stopping: AbortSignal;
  onRecords: FeedHandlers['onRecords'];
  onOpen(): void;
  onProblem(error: Error): void;
}

/** Keeps a feed open: opened again after it was lost or refused, with a growing pause. */
export function createFeedConnection(options: FeedConnectionOptions): FeedConnection {
  const { feed, clock, stopping } = options;
  let open: OpenFeed | null = null;
  let attempts: Promise<void> = Promise.resolve();

  async function connect(failuresInARow: number): Promise<void> {
    if (stopping.aborted) return;
    try {
      const joined = await feed({ onRecords: options.onRecords, onLost });
      open = joined;
      options.onOpen();
    } catch (error) {
      options.onProblem(error as Error);
      retryLater(failuresInARow + 1);
    }
  }

  function onLost(error: Error): void {
    const lost = open;
    open = null;
    options.onProblem(error);
    void lost?.close().catch(() => undefined);
    retryLater(1);
  }

  function retryLater(failuresInARow: number): void {
    clock.sleep(backoffMs(failuresInARow), stopping).then(
      () => {
        attempts = connect(failuresInARow);
      },
      () => undefined,
    );
  }

  return {
    start() {
      attempts = connect(0);
      return attempts;
    },
    current: () => open,
    async close() {
      await attempts;
      await open?.close();
      open = null;
    },
  };
}
