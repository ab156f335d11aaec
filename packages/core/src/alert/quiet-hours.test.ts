import { anAlert, anEndpoint, originTimeMs } from '@quakewire/testing';
import fc from 'fast-check';
import { isLeftAsleep, isWithin } from './quiet-hours.ts';

const night = { fromMinute: 22 * 60, toMinute: 7 * 60 };
const bucharest = { latitude: 44.43, longitude: 26.1, country: 'RO', quietHours: night };
const atUtc = (time: string): number => Date.parse(`2025-04-23T${time}Z`);

describe('quiet hours', () => {
  it('begin with their first minute, end before their last, and may go over midnight', () => {
    expect([21 * 60 + 59, 22 * 60, 0, 6 * 60 + 59, 7 * 60].map((minute) => isWithin(night, minute))).toEqual([
      ...[false, true, true, true, false],
    ]);
    const noon = { fromMinute: 12 * 60, toMinute: 14 * 60 };
    expect([11, 12, 13, 14].map((hour) => isWithin(noon, hour * 60))).toEqual([false, true, true, false]);
  });

  it('and the hours that they leave are one day', () => {
    const minute = fc.nat(24 * 60 - 1);
    fc.assert(
      fc.property(minute, minute, minute, (fromMinute, toMinute, now) => {
        fc.pre(fromMinute !== toMinute);
        const rest = { fromMinute: toMinute, toMinute: fromMinute };
        expect(isWithin({ fromMinute, toMinute }, now)).toBe(!isWithin(rest, now));
      }),
    );
    fc.assert(fc.property(minute, minute, (same, now) => !isWithin({ fromMinute: same, toMinute: same }, now)));
  });
});

describe('whom quiet hours leave asleep', () => {
  // Bucharest expects intensity 3 of the Marmara earthquake, Istanbul 5.
  const asleep = (changes: Parameters<typeof anEndpoint>[1], alert: Parameters<typeof anAlert>[0]): boolean =>
    isLeftAsleep(anEndpoint(1, changes), anAlert(alert));

  it('is judged by the local time of the place at the instant of the decision', () => {
    // EEST is UTC+3.
    expect(asleep(bucharest, { issuedAtMs: atUtc('18:59:59') })).toBe(false);
    expect(asleep(bucharest, { issuedAtMs: atUtc('19:00:00') })).toBe(true);
    expect(asleep(bucharest, { issuedAtMs: atUtc('03:59:59') })).toBe(true);
    expect(asleep(bucharest, { issuedAtMs: atUtc('04:00:00') })).toBe(false);
    const london = { latitude: 51.5, longitude: -0.1, country: 'GB' };
    expect(asleep({ ...bucharest, ...london }, { issuedAtMs: atUtc('20:30:00') })).toBe(false);
    expect(
      asleep({ ...bucharest, quietHours: { fromMinute: 0, toMinute: 0 } }, { issuedAtMs: atUtc('23:00:00') }),
    ).toBe(false);
  });

  it('is nobody who asked for none', () => {
    const { quietHours: _, ...awake } = bucharest;
    expect(asleep(awake, { issuedAtMs: atUtc('23:00:00') })).toBe(false);
  });

  it('is nobody at whose place the shaking should wake them, except of a drill', () => {
    const night = { issuedAtMs: atUtc('23:00:00') };
    const strong = { ...night, magnitude: 7.5 };
    const istanbul = { quietHours: { fromMinute: 22 * 60, toMinute: 7 * 60 } };
    expect(asleep(istanbul, { ...night, magnitude: 5 })).toBe(true);
    expect(asleep(istanbul, strong)).toBe(false);
    expect(asleep(istanbul, { ...strong, exercise: true })).toBe(true);
    expect(asleep(istanbul, { ...strong, exercise: true, issuedAtMs: originTimeMs })).toBe(false);
  });
});
