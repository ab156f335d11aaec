import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@quakewire/core';

/** The real clock of this process. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : undefined),
};
