import { aBulletin, anEarthquake, aPolicy, originTimeMs } from '@quakewire/testing';
import type { Bulletin } from '../earthquake/bulletin.ts';
import type { Mainshock } from '../earthquake/mainshock.ts';
import { mainshockBefore, ruptureLengthKm } from './aftershock.ts';
import { decideAlert } from './decide-alert.ts';

const { hypocentre } = aBulletin();
const policy = aPolicy();
const dayMs = 86_400_000;
/** Pazarcik 2023-02-06, as if it had been here. */
const mainshock: Mainshock = { earthquakeId: 'main', magnitude: 7.8, hypocentre };
const later = (magnitude: number, days: number, northDegrees = 0): Bulletin =>
  aBulletin({
    magnitude,
    hypocentre: {
      ...hypocentre,
      originTimeMs: originTimeMs + days * dayMs,
      latitude: hypocentre.latitude + northDegrees,
    },
  });
const isDamped = (bulletin: Bulletin): boolean => mainshockBefore(bulletin, [mainshock], policy) !== undefined;

describe('aftershocks', () => {
  it('are those smaller by two, near the rupture, within the days of the mainshock', () => {
    expect(ruptureLengthKm(7.8)).toBeCloseTo(145, 0);
    expect(isDamped(later(5.8, 1))).toBe(true);
    expect(isDamped(later(5.9, 1))).toBe(false);
    expect(isDamped(later(5, 1, 2.5))).toBe(true);
    expect(isDamped(later(5, 1, 2.7))).toBe(false);
    expect(isDamped(later(5, 60))).toBe(true);
    expect(isDamped(later(5, 61))).toBe(false);
    expect(isDamped(later(5, -0.01))).toBe(false);
  });

  it('are told of only where they shake strongly', () => {
    const decide = (bulletin: Bulletin) =>
      decideAlert(anEarthquake({ preferred: bulletin }), policy, {
        nowMs: bulletin.hypocentre.originTimeMs + 60_000,
        mainshocks: [mainshock],
      });
    const strong = decide(later(5.5, 1));
    const usual = decide(later(5.5, 100));
    if (!('alert' in strong && 'alert' in usual)) throw new Error('both are alerted');
    expect(strong.alert.areaRadiusKm).toBeLessThan(usual.alert.areaRadiusKm / 3);
    const deep = later(4.6, 1);
    expect(decide({ ...deep, hypocentre: { ...deep.hypocentre, depthKm: 60 } })).toEqual({
      none: 'aftershock',
      mainshockId: 'main',
    });
  });
});
