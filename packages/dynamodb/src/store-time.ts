import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock, StoreTime } from '@quakewire/core';

export interface StoreTimeOptions {
  client: DynamoDBClient;
  clock: Clock;
  /** A measurement older than this is replaced by the next answer. */
  refreshMs?: number;
  /** Called with each measurement: how far this machine's time of day is behind the store's, in milliseconds. */
  onMeasured?: (skewMs: number) => void;
}

interface Measurement {
  /** Store time at the instant of measuring. */
  storeMs: number;
  monotonicMs: number;
  wallMs: number;
}

/** `Date` headers are cut to whole seconds: on average the store was half a second further. */
const meanCutMs = 500;

/**
 * Time of day by the store's `Date` header, taken from the answers to calls that are made anyway (error at most 0.5 s and
 * half a round trip). Before the first answer it is this machine's own time.
 */
export function createStoreTime({ client, clock, refreshMs = 60_000, onMeasured }: StoreTimeOptions): StoreTime {
  let last: Measurement | undefined;
  // A frozen process may have a stopped monotonic clock, a wall clock may be set back: the larger one expires earlier.
  const elapsedSince = (from: Measurement): number =>
    Math.max(clock.monotonicMs() - from.monotonicMs, clock.wallMs() - from.wallMs);

  function measure(date: string | undefined, askedAtMonotonicMs: number): void {
    const secondMs = date ? Date.parse(date) : Number.NaN;
    if (Number.isNaN(secondMs)) return;
    const [monotonicMs, wallMs] = [clock.monotonicMs(), clock.wallMs()];
    const storeMs = secondMs + meanCutMs + (monotonicMs - askedAtMonotonicMs) / 2;
    last = { storeMs, monotonicMs, wallMs };
    onMeasured?.(storeMs - wallMs);
  }

  client.middlewareStack.add(
    (next) => async (call) => {
      if (last && elapsedSince(last) < refreshMs) return next(call);
      const askedAtMonotonicMs = clock.monotonicMs();
      const answer = await next(call);
      const { headers } = answer.response as { headers?: Record<string, string> };
      measure(headers?.date, askedAtMonotonicMs);
      return answer;
    },
    { step: 'deserialize', name: 'quakewireStoreTime', priority: 'low' },
  );
  // Whole milliseconds, as every stored time.
  return () => Math.round(last ? last.storeMs + elapsedSince(last) : clock.wallMs());
}
