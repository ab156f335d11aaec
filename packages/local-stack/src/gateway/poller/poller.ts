import type { Clock, Logger } from '@quakewire/core';
import { createBacklogLimit } from './backlog-limit.ts';
import type { BatchRunner } from './batch-runner.ts';
import { createFeedConnection } from './feed-connection.ts';
import { maximumPayloadBytes } from './kafka-event.ts';
import type { KafkaRecord } from './kafka-record.ts';
import { createLanes } from './lanes.ts';
import { createOffsetCommitter } from './offset-committer.ts';
import { invocationsPerPoller, pollerScalingIntervalMs, wantedPollers } from './poller-count.ts';
import type { PollerSettings } from './poller-settings.ts';
import type { RecordFeed } from './record-feed.ts';
import { within } from './within.ts';

/** A cluster that is away must not hold up a stop; what is not committed is read again. */
const longestCommitMs = 2_000;

export interface RunnerParts {
  earliestOffset(partition: number): Promise<number>;
  onSettled(records: readonly KafkaRecord[]): void;
}

export interface PollerOptions {
  settings: PollerSettings;
  feed: RecordFeed;
  clock: Clock;
  logger: Logger;
  /** Makes the runner from the parts that the poller lends it. */
  createRunner(parts: RunnerParts): BatchRunner;
  /** The cluster cannot be read; the poller goes on trying. */
  onFeedProblem(error: Error): void;
}

export interface Poller {
  /** Resolves when the first attempt to join the group has ended, well or badly. */
  start(): Promise<void>;
  /** No new invocations; waits so long for the running ones, commits what is settled and leaves the group. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Reads a topic and keeps one invocation in flight a partition; a slow partition does not hold up the others.
 * What was read outlives a lost connection, so that a broker's restart repeats no record.
 */
export function createPoller(options: PollerOptions): Poller {
  const { settings, clock, logger } = options;
  const stopping = new AbortController();
  const abort = new AbortController();
  const running = new Set<Promise<void>>();
  const lanes = createLanes();
  const backlogLimit = createBacklogLimit(lanes, settings.batchSize);
  let pollers = settings.pollers?.minimum ?? Number.POSITIVE_INFINITY;
  let windowTimer = new AbortController();

  const connection = createFeedConnection({
    feed: options.feed,
    clock,
    stopping: stopping.signal,
    onRecords(records) {
      lanes.add(records, clock.monotonicMs());
      pump();
    },
    onOpen() {
      backlogLimit.reset();
      void committer.commit();
      pump();
    },
    onProblem: options.onFeedProblem,
  });
  const committer = createOffsetCommitter(
    lanes,
    async (offsets) => {
      const feed = connection.current();
      await feed?.commit(offsets);
      return feed !== null;
    },
    logger,
  );
  const runBatch = options.createRunner({
    earliestOffset: async (partition) =>
      (await connection
        .current()
        ?.earliestOffset(partition)
        .catch(() => 0)) ?? 0,
    onSettled(records) {
      lanes.settle(records);
      void committer.commit();
    },
  });

  function pump(): void {
    if (stopping.signal.aborted) return;
    const rule = {
      batchSize: settings.batchSize,
      windowMs: settings.windowMs,
      maximumBytes: maximumPayloadBytes,
      mixPartitions: settings.pollers === undefined,
      slots: pollers * invocationsPerPoller - running.size,
      nowMs: clock.monotonicMs(),
    };
    for (const records of lanes.take(rule)) launch(records);
    backlogLimit.apply(connection.current());
    pumpAfter(lanes.nextWindowMs(rule));
  }

  function launch(records: readonly KafkaRecord[]): void {
    const run = runBatch(records, { stopping: stopping.signal, abort: abort.signal }).finally(() => {
      running.delete(run);
      lanes.release(records);
      pump();
    });
    running.add(run);
  }

  function pumpAfter(ms: number | null): void {
    windowTimer.abort();
    if (ms === null) return;
    windowTimer = new AbortController();
    clock.sleep(ms, windowTimer.signal).then(pump, () => undefined);
  }

  async function scalePollers(range: { minimum: number; maximum: number }): Promise<void> {
    while (!stopping.signal.aborted) {
      await clock.sleep(pollerScalingIntervalMs, stopping.signal).catch(() => undefined);
      const wanted = wantedPollers(range, lanes.load());
      if (wanted !== pollers) logger.info({ topic: settings.topic, pollers: wanted }, 'event pollers scaled');
      pollers = wanted;
      pump();
    }
  }

  return {
    start() {
      if (settings.pollers) void scalePollers(settings.pollers);
      return connection.start();
    },
    async stop(graceMs) {
      stopping.abort();
      windowTimer.abort();
      const drained = Promise.allSettled(running);
      await within(clock, graceMs, drained);
      abort.abort();
      await drained;
      await within(clock, longestCommitMs, committer.commit());
      await connection.close();
    },
  };
}
