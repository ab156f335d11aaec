/** Waits between attempts to reach a feed: full jitter, so that many clients do not come back at the same instant. */
export interface Backoff {
  /** Milliseconds to wait before the next attempt; the bound doubles each time. */
  nextMs(): number;
  reset(): void;
}

/** @param random a number from 0 up to 1. */
export function createBackoff(firstMs: number, maximumMs: number, random: () => number): Backoff {
  let attempts = 0;
  return {
    nextMs() {
      const boundMs = Math.min(maximumMs, firstMs * 2 ** attempts);
      attempts = Math.min(attempts + 1, 20);
      return random() * boundMs;
    },
    reset() {
      attempts = 0;
    },
  };
}
