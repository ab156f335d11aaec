import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@quakewire/core';

/** This process's time. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}),
};
