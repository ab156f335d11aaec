import * as z from 'zod';
import type { Clock } from '../runtime/clock.ts';
import type { Channel, ChannelName } from './channel.ts';

/** Upper bounds of what a provider took to answer, milliseconds: the steps in which sizing reckons. */
export const latencyBoundsMs = [50, 100, 200, 300, 500, 800, 1_200, 2_000, 3_000, 5_000] as const;

const count = z.int().min(0);

/** What one worker saw of its provider: accepted sends only, so that neither refusals nor outages look like speed. */
export const sendMeasurementSchema = z.strictObject({
  /** Accepted sends by how long the answer took: up to each of `latencyBoundsMs`, and at last those above all of them. */
  byLatency: z.array(count).length(latencyBoundsMs.length + 1),
  firstSentAtMs: count,
  lastAnsweredAtMs: count,
});
export type SendMeasurement = z.infer<typeof sendMeasurementSchema>;

export interface SendMeasurements {
  /** Keeps one for some days; the same worker's again replaces it. */
  put(channel: ChannelName, worker: string, measurement: SendMeasurement): Promise<void>;
  /** Those whose last answer came at this moment or later, in no order. @throws when one is malformed. */
  since(channel: ChannelName, fromMs: number): Promise<SendMeasurement[]>;
}

/** Watches a channel and counts. A send that was in flight when it was taken counts the next time. */
export function measureSends(
  channel: Channel,
  clock: Clock,
): { channel: Channel; take(): SendMeasurement | undefined } {
  let measured: SendMeasurement | undefined;
  const add = (latencyMs: number, answeredAtMs: number): void => {
    measured ??= {
      byLatency: new Array(latencyBoundsMs.length + 1).fill(0),
      firstSentAtMs: Math.floor(answeredAtMs - latencyMs),
      lastAnsweredAtMs: 0,
    };
    const step = latencyBoundsMs.findIndex((bound) => latencyMs <= bound);
    const at = step === -1 ? latencyBoundsMs.length : step;
    measured.byLatency[at] = (measured.byLatency[at] ?? 0) + 1;
    measured.lastAnsweredAtMs = Math.ceil(answeredAtMs);
  };
  return {
    channel: {
      name: channel.name,
      async deliver(notification, signal) {
        const startedMs = clock.monotonicMs();
        const delivery = await channel.deliver(notification, signal);
        if (delivery.outcome === 'accepted') add(clock.monotonicMs() - startedMs, clock.wallMs());
        return delivery;
      },
    },
    take() {
      const taken = measured;
      measured = undefined;
      return taken;
    },
  };
}
