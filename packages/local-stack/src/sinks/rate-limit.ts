const windowMs = 1000;

/** Lets at most `ratePerSecond` calls through in ANY second: a sliding window, stricter than a bucket. */
export interface RateLimit {
  /** 0 when let through, else how long until the next place is free, milliseconds. */
  take(nowMs: number): number;
}

/** @param ratePerSecond null for no limit, 0 for none let through */
export const createRateLimit = (ratePerSecond: number | null): RateLimit => {
  if (ratePerSecond === null) return { take: () => 0 };
  if (ratePerSecond === 0) return { take: () => windowMs };
  const passedAtMs = new Float64Array(ratePerSecond).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;
  return {
    take(nowMs) {
      const waitMs = (passedAtMs[oldest] as number) + windowMs - nowMs;
      if (waitMs > 0) return waitMs;
      passedAtMs[oldest] = nowMs;
      oldest = (oldest + 1) % ratePerSecond;
      return 0;
    },
  };
};
