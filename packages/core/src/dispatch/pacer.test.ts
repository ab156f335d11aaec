import fc from 'fast-check';
import { catchUpCreditMs, createPacer, pageSize, slotCount, slotDelayMs, slotRate } from '../index.ts';

/** Times at which a sender that is now and then late sends through a pacer. */
function sendTimes(ratePerSecond: number, creditMs: number, delaysMs: readonly number[]): number[] {
  const pacer = createPacer(ratePerSecond, creditMs, 0);
  let nowMs = 0;
  return delaysMs.map((lateMs) => {
    nowMs += pacer.take(nowMs) + lateMs;
    pacer.used(nowMs);
    return nowMs;
  });
}

const inAnySecond = (times: readonly number[]): number =>
  Math.max(...times.map((from, at) => times.filter((time, other) => other >= at && time < from + 1000).length));

test('nothing is sent at once on taking a slot', () => {
  expect(createPacer(10, 25, 500).take(500)).toBe(100);
});

test('in any second a slot sends at most what the protocol allows, however late its timers are', () => {
  const delays = fc.array(fc.oneof({ weight: 9, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(1_500) }), {
    minLength: 1,
    maxLength: 300,
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), delays, (rate, lateMs) => {
      const creditMs = catchUpCreditMs(rate);
      const bound = Math.floor((1 + creditMs / 1000) * rate) + 1;
      expect(inAnySecond(sendTimes(rate, creditMs, lateMs))).toBeLessThanOrEqual(bound);
    }),
  );
});

test('small delays are caught up: the rate is kept', () => {
  const times = sendTimes(
    100,
    25,
    Array.from({ length: 1_000 }, (_, at) => at % 5),
  );
  expect(times.at(-1)).toBeLessThan(10_010);
});

test('all slots together stay below 1.005 of the account’s rate, and aim at 0.97 of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 10_000 }), (ratePerSecond) => {
      const slots = slotCount(ratePerSecond);
      const rate = slotRate({ effectiveRatePerSecond: ratePerSecond, slots });
      expect(slots * rate).toBeCloseTo(0.97 * ratePerSecond);
      expect(slots * (1.025 * rate + 1)).toBeLessThanOrEqual(1.005 * ratePerSecond + 1);
    }),
  );
});

test.each([
  [1, 1],
  [14, 27],
  [30, 58],
  [500, 100],
  [50_000, 100],
])('at %d a second a page is aimed at %d endpoints', (ratePerSecond, endpoints) => {
  expect(pageSize(ratePerSecond)).toBe(endpoints);
});

test('the whole rate is shared by as few workers as there are: every slot finds one', () => {
  expect(slotCount(500)).toBe(5);
  expect(slotCount(500, 2)).toBe(2);
  expect(2 * slotRate({ effectiveRatePerSecond: 500, slots: slotCount(500, 2) })).toBeCloseTo(0.97 * 500);
  expect(slotCount(30, 10)).toBe(1);
});

test('slots begin one after another, all within the 300 ms in which a claimed page may wait', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), (slots) => {
      const delays = Array.from({ length: slots }, (_, slot) => slotDelayMs(slot, slots));
      expect(delays[0]).toBe(0);
      expect(delays.slice(1).every((delay, at) => delay > (delays[at] ?? 0))).toBe(true);
      expect(Math.max(...delays)).toBeLessThanOrEqual(300.001);
    }),
  );
});
