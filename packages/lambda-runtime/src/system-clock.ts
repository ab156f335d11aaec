import type { TimerClock } from '@quakewire/core';

/** The real clock of this process. */
export const systemClock: TimerClock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  sleep,
  startTimer(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

/** Not by `node:timers/promises`: that makes an error with a stack for each abort, and every provider call ends with one. */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(wake, ms);
    function wake(): void {
      signal?.removeEventListener('abort', abort);
      resolve();
    }
    function abort(): void {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}
