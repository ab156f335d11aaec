import fc from 'fast-check';
import { digestTimeAt } from './digest-time.ts';

const at = (time: string): number => Date.parse(time);

describe('the time of a digest', () => {
  it.each([
    ['2026-03-05T05:59:59Z', '2026-03-04T06:00:00Z', '2026-03-04T16:00:00Z'],
    ['2026-03-05T06:00:00Z', '2026-03-04T16:00:00Z', '2026-03-05T06:00:00Z'],
    ['2026-03-05T23:59:00Z', '2026-03-05T06:00:00Z', '2026-03-05T16:00:00Z'],
  ])('at %s the last two were %s and %s', (now, before, last) => {
    expect(digestTimeAt(at(now), [16, 6])).toEqual({ beforeMs: at(before), atMs: at(last) });
  });

  it('leaves no instant between two digests, and comes every day', () => {
    const hours = fc.uniqueArray(fc.nat(23), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), hours, (nowMs, hoursUtc) => {
        const { beforeMs, atMs } = digestTimeAt(nowMs, hoursUtc);
        expect(nowMs - atMs).toBeGreaterThanOrEqual(0);
        expect(nowMs - atMs).toBeLessThan(86_400_000);
        expect(digestTimeAt(atMs - 1, hoursUtc).atMs).toBe(beforeMs);
      }),
    );
  });
});
