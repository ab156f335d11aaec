import fc from 'fast-check';
import { createLatestAnswers, hasOneProvider, isFailure, worksAgain } from './breaker.ts';
import type { Budget } from './budget.ts';
import { grown, shrunk, withBreaker } from './budget-changes.ts';

const aBudget = (changes: Partial<Budget> = {}): Budget => ({
  ...{ ratePerSecond: 100, effectiveRatePerSecond: 100, slots: 1 },
  ...{ generation: 1, breaker: 'closed', pausedUntilMs: 0 },
  ...changes,
});

test('a shrink is by three tenths, a growth by a twentieth of the whole rate', () => {
  expect(shrunk(aBudget(), 5_000)).toEqual({ effectiveRatePerSecond: 70, breaker: 'closed', pausedUntilMs: 5_000 });
  const shrunken = aBudget({ effectiveRatePerSecond: 70, pausedUntilMs: 5_000 });
  expect(grown(shrunken)).toEqual({ effectiveRatePerSecond: 75, breaker: 'closed', pausedUntilMs: 0 });
  expect(withBreaker(shrunken, 'open')).toEqual({ effectiveRatePerSecond: 70, breaker: 'open', pausedUntilMs: 0 });
});

test('whatever comes, between a tenth and the whole of the rate is used', () => {
  const changes = fc.array(fc.boolean(), { maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50_000 }), changes, (ratePerSecond, throttles) => {
      const budget = aBudget({ ratePerSecond, effectiveRatePerSecond: ratePerSecond });
      for (const isThrottled of throttles) {
        Object.assign(budget, isThrottled ? shrunk(budget, 0) : grown(budget));
        expect(budget.effectiveRatePerSecond).toBeGreaterThanOrEqual(0.1 * ratePerSecond);
        expect(budget.effectiveRatePerSecond).toBeLessThanOrEqual(ratePerSecond);
      }
    }),
  );
});

test('the latest 20 answers say down when at least half of them are failures, and nothing before there are 20', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 50 }), (failures) => {
      const latest = createLatestAnswers();
      for (const failed of failures) latest.add(failed);
      const last = failures.slice(-20);
      expect(latest.saysDown()).toBe(last.length === 20 && last.filter((failed) => failed).length >= 10);
      latest.clear();
      expect(latest.saysDown()).toBe(false);
    }),
  );
});

test('no answer and an error of the provider are failures; to be too fast and to be refused for good are not', () => {
  expect(isFailure({ outcome: 'transient', reason: 'http:503' })).toBe(true);
  expect(isFailure({ outcome: 'ambiguous', reason: 'noAnswer' })).toBe(true);
  expect(isFailure({ outcome: 'throttled', reason: 'http:429' })).toBe(false);
  expect(isFailure({ outcome: 'rejected', reason: 'blocked', endpointUnusable: true })).toBe(false);
  expect(isFailure({ outcome: 'accepted', messageId: 'm1' })).toBe(false);
  expect(hasOneProvider('webhook')).toBe(false);
});

test('a provider works again when four of five calls are good, those without an answer counted as bad', () => {
  expect([worksAgain(10, 8), worksAgain(10, 7), worksAgain(5, 4), worksAgain(0, 0)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
