import type { Budget, BudgetChange } from './budget.ts';

/** A throttled account keeps this share of its rate at least. */
const smallestShare = 0.1;
const shrinkFactor = 0.7;
const growthShare = 0.05;

/** The provider said "too fast": everybody sends less, after a pause. */
export const shrunk = (seen: Budget, pausedUntilMs: number): BudgetChange => ({
  effectiveRatePerSecond: Math.max(smallestShare * seen.ratePerSecond, shrinkFactor * seen.effectiveRatePerSecond),
  breaker: seen.breaker,
  pausedUntilMs,
});

/** A while without a throttle answer: a little more again, up to the whole rate. */
export const grown = (seen: Budget): BudgetChange => ({
  effectiveRatePerSecond: Math.min(seen.ratePerSecond, seen.effectiveRatePerSecond + growthShare * seen.ratePerSecond),
  breaker: seen.breaker,
  pausedUntilMs: 0,
});

export const withBreaker = (seen: Budget, breaker: Budget['breaker']): BudgetChange => ({
  effectiveRatePerSecond: seen.effectiveRatePerSecond,
  breaker,
  pausedUntilMs: 0,
});
