import { createBackoff } from './backoff.ts';
import type { FeedDeps } from './feed-deps.ts';
import type { Tally } from './tally.ts';

/** A server that accepts and cuts at once keeps the waits growing. */
const stableMs = 30_000;

/**
 * Connects again and again until aborted, with growing, jittered waits in between.
 * @param connect one connection from its beginning to its end; resolves with the reason why it ended, never rejects.
 */
export async function keepConnected(
  connect: (signal: AbortSignal) => Promise<string>,
  { clock, random }: Pick<FeedDeps, 'clock' | 'random'>,
  tally: Pick<Tally, 'failed'>,
  signal: AbortSignal,
): Promise<void> {
  const backoff = createBackoff(500, 30_000, random);
  while (!signal.aborted) {
    const startedAtMs = clock.monotonicMs();
    const reason = await connect(signal);
    if (signal.aborted) return;
    tally.failed(reason);
    if (clock.monotonicMs() - startedAtMs >= stableMs) backoff.reset();
    await clock.sleep(backoff.nextMs(), signal).catch(() => undefined);
  }
}
