import type { Clock } from '@quakewire/core';

/** Waits for the work, but no longer than `ms`; leaves no timer behind. The work goes on. */
export async function within(clock: Pick<Clock, 'sleep'>, ms: number, work: Promise<unknown>): Promise<void> {
  const ended = new AbortController();
  const done = work.finally(() => ended.abort());
  await Promise.race([done, clock.sleep(ms, ended.signal).catch(() => undefined)]);
}
