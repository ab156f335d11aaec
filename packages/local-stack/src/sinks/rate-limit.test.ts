import fc from 'fast-check';
import { createRateLimit } from './rate-limit.ts';

describe('the rate limit of a provider', () => {
  it('lets at most the rate through in any second, whenever the calls come', () => {
    const gapsMs = fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), gapsMs, (rate, gaps) => {
        const limit = createRateLimit(rate);
        const passed: number[] = [];
        let nowMs = 0;
        for (const gap of gaps) {
          nowMs += gap;
          if (limit.take(nowMs) === 0) passed.push(nowMs);
        }
        for (const from of passed) {
          expect(passed.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(rate);
        }
      }),
    );
  });

  it('refuses only while the last second is full, and says how long that lasts', () => {
    const limit = createRateLimit(2);
    expect([limit.take(0), limit.take(300), limit.take(400)]).toEqual([0, 0, 600]);
    expect([limit.take(1000), limit.take(1100), limit.take(1300)]).toEqual([0, 200, 0]);
  });

  it('of null lets everything through, of 0 nothing', () => {
    expect(createRateLimit(null).take(0)).toBe(0);
    expect(createRateLimit(0).take(0)).toBeGreaterThan(0);
  });
});
