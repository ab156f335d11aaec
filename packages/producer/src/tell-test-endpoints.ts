import {
  type ChannelName,
  channelNameSchema,
  createTestAlert,
  type DispatchPorts,
  dispatchAlert,
  type RunCounts,
  type RunStore,
} from '@quakewire/core';
import * as z from 'zod';

/** What a deployment asks the function for, instead of a shift. */
export const testRequestSchema = z.strictObject({ tellTestEndpoints: z.array(channelNameSchema).min(1) });

/** What became of a channel's test endpoints; `eligible` is 0 where none is registered. */
export interface ToldTestEndpoints extends Pick<RunCounts, 'eligible' | 'accepted'> {
  channel: ChannelName;
  /** False where the run was not complete when this gave up. */
  isComplete: boolean;
}

export type TestPorts = DispatchPorts & { runs: Pick<RunStore, 'read'> };

/** Longer than an event source mapping pauses while it changes (90 s), shorter than the alert lives. */
const completeWithinMs = 240_000;
const askEveryMs = 1_000;

/**
 * Tells the test endpoints by an exercise, as everybody is told: map, run, wake-ups in Kafka, workers, provider, ledger; the
 * leader closes the runs.
 * @param name No other test has it.
 */
export async function tellTestEndpoints(
  name: string,
  channels: readonly ChannelName[],
  ports: TestPorts,
): Promise<ToldTestEndpoints[]> {
  // A test is for the test endpoints alone: no public file, no post.
  const { broadcast: _, ...withoutBroadcast } = ports;
  const { clock, runs } = ports;
  const alert = createTestAlert(name, clock.wallMs());
  const dispatched = await dispatchAlert({ alert, channels, pinnedMaps: {} }, withoutBroadcast);
  const { earthquakeId, seq } = alert;
  const deadlineMs = clock.monotonicMs() + completeWithinMs;
  return await Promise.all(
    dispatched.map(async ({ channel, mapVersion }) => {
      if (mapVersion === undefined) return { channel, isComplete: true, eligible: 0, accepted: 0 };
      for (;;) {
        const run = await runs.read({ earthquakeId, seq, channel });
        const isComplete = run?.state === 'closed';
        if (isComplete || clock.monotonicMs() >= deadlineMs) {
          const { eligible = 0, accepted = 0 } = run?.counts ?? {};
          return { channel, isComplete, eligible, accepted };
        }
        await clock.sleep(askEveryMs);
      }
    }),
  );
}
