import type { Clock, Logger } from '@quakewire/core';

export interface Repeated {
  /** What it does, for the log of a failure. */
  name: string;
  everyMs: number;
  /** One pass; a failure is logged and the next pass tries again. */
  pass(): Promise<unknown>;
}

/** Passes at a fixed rhythm, the first at once, never two at a time, until aborted. */
export async function repeat(
  { name, everyMs, pass }: Repeated,
  { clock, logger }: { clock: Clock; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const startedAtMs = clock.monotonicMs();
    await pass().catch((error: unknown) => logger.error({ pass: name, error: messageOf(error) }, 'pass failed'));
    const leftMs = everyMs - (clock.monotonicMs() - startedAtMs);
    await clock.sleep(Math.max(0, leftMs), signal).catch(() => undefined);
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
