import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock, StoreTime } from '@quakewire/core';

export interface StoreTimeOptions {
  client: DynamoDBClient;
  clock: Clock;
  /** Called when measuring begins anew: how far this machine's time of day is behind the store's, in milliseconds. */
  onMeasured?: (skewMs: number) => void;
}

/** Where store time was when local time was counted from 0: every answer that agrees makes it narrower. */
interface Bounds {
  lowestMs: number;
  highestMs: number;
  /** This machine's clocks at local time 0. */
  monotonicMs: number;
  wallMs: number;
  /** Local time of the newest answer. */
  measuredAtMs: number;
}

/** `Date` headers are cut to whole seconds. */
const resolutionMs = 1_000;
/** By how much two good clocks may part: 100 parts in a million, so old answers count for less and less. */
const drift = 1e-4;

/**
 * Time of day by the store's `Date` header, taken from the answers to calls that are made anyway. One answer says it to
 * half a second and half a round trip; since each falls at another point of its second, a few dozen say it to a few
 * hundredths. Before the first answer it is this machine's own time.
 */
export function createStoreTime({ client, clock, onMeasured }: StoreTimeOptions): StoreTime {
  let bounds: Bounds | undefined;
  // A frozen process may have a stopped monotonic clock, a wall clock may be set back: the larger one expires earlier.
  const localMs = (from: Pick<Bounds, 'monotonicMs' | 'wallMs'>): number =>
    Math.max(clock.monotonicMs() - from.monotonicMs, clock.wallMs() - from.wallMs);
  const estimateMs = ({ lowestMs, highestMs }: Bounds): number => (lowestMs + highestMs) / 2;

  /** The store wrote `dateMs` at some moment from `roundTripMs` ago until now. */
  function measure(dateMs: number, roundTripMs: number): void {
    if (Number.isNaN(dateMs)) return;
    if (bounds) {
      const nowMs = localMs(bounds);
      const slackMs = (nowMs - bounds.measuredAtMs) * drift;
      const lowestMs = Math.max(bounds.lowestMs - slackMs, dateMs - nowMs);
      const highestMs = Math.min(bounds.highestMs + slackMs, dateMs + resolutionMs - (nowMs - roundTripMs));
      if (lowestMs <= highestMs) {
        bounds = { ...bounds, lowestMs, highestMs, measuredAtMs: nowMs };
        return;
      }
    }
    // The first answer, or a clock was set: what was known before does not count any more.
    const [monotonicMs, wallMs] = [clock.monotonicMs(), clock.wallMs()];
    bounds = { lowestMs: dateMs, highestMs: dateMs + resolutionMs + roundTripMs, monotonicMs, wallMs, measuredAtMs: 0 };
    onMeasured?.(estimateMs(bounds) - wallMs);
  }

  client.middlewareStack.add(
    (next) => async (call) => {
      const askedAtMs = clock.monotonicMs();
      const answer = await next(call);
      const { headers } = answer.response as { headers?: Record<string, string> };
      measure(Date.parse(headers?.date ?? ''), clock.monotonicMs() - askedAtMs);
      return answer;
    },
    { step: 'deserialize', name: 'quakewireStoreTime', priority: 'low' },
  );
  // Whole milliseconds, as every stored time.
  return () => Math.round(bounds ? estimateMs(bounds) + localMs(bounds) : clock.wallMs());
}
