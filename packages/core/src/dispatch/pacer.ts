/** Spreads one slot's sends evenly over time; all times on one monotonic clock, in milliseconds. */
export interface Pacer {
  /** Takes the next turn; answers how long to wait for it from `nowMs`. */
  take(nowMs: number): number;
  /** Tells when the turn taken last was really used: time lost beyond the credit is not caught up. */
  used(nowMs: number): void;
  /** Changes the rate, messages a second, from the next turn on. */
  setRate(ratePerSecond: number): void;
}

/**
 * Turn i = 1, 2, ... is due at `startMs + i / rate`, so nothing is sent at once on taking over a slot. A turn may be used
 * late, and the next ones follow at their own times, as long as it is late by no more than the credit. Hence in any second
 * at most floor((1 + credit) x rate) + 1 turns are used.
 */
export function createPacer(ratePerSecond: number, creditMs: number, startMs: number): Pacer {
  let stepMs = 1000 / ratePerSecond;
  let dueMs = startMs;
  return {
    take(nowMs) {
      dueMs += stepMs;
      return Math.max(0, dueMs - nowMs);
    },
    used(nowMs) {
      dueMs = Math.max(dueMs, nowMs - creditMs);
    },
    setRate(newRatePerSecond) {
      stepMs = 1000 / newRatePerSecond;
    },
  };
}
