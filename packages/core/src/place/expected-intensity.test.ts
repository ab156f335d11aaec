import fc from 'fast-check';
import { crustalIntensity } from './crustal-intensity.ts';
import { expectedIntensity, reachOfIntensityKm } from './expected-intensity.ts';

const bucharest = { latitude: 44.43, longitude: 26.1 };
const cluj = { latitude: 46.77, longitude: 23.6 };
/** 1990-05-30, reported VII in Bucharest. */
const vrancea1990 = { magnitude: 6.93, hypocentre: { latitude: 45.796, longitude: 26.624, depthKm: 90.3 } };
const marmara = { magnitude: 6.2, hypocentre: { latitude: 40.84, longitude: 28.14, depthKm: 10 } };

describe('expected intensity', () => {
  it('is the crustal median for crustal earthquakes', () => {
    const istanbul = { latitude: 41.0082, longitude: 28.9784 };
    const { median, plusSigma, decisive } = expectedIntensity(marmara, istanbul);
    expect(decisive).toBe(median);
    expect(median).toBeCloseTo(4.97, 1);
    expect(plusSigma - median).toBeGreaterThan(0.82);
  });

  it('is within a unit of what was reported in Bucharest in 1990, where the crustal formula misses two', () => {
    const { decisive } = expectedIntensity(vrancea1990, bucharest);
    expect(Math.abs(decisive - 7)).toBeLessThan(1);
    const crustal = crustalIntensity({ magnitude: 6.93, hypocentralDistanceKm: Math.hypot(157, 90.3) });
    expect(crustal.median).toBeLessThan(5.1);
  });

  it('is lower inside the Carpathian bow than as far outside of it', () => {
    expect(expectedIntensity(vrancea1990, cluj).decisive).toBeLessThan(
      expectedIntensity(vrancea1990, { latitude: 44.4, longitude: 29.4 }).decisive - 1,
    );
  });

  it('reaches as far as its reach, and nowhere where it is lower everywhere', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(marmara, vrancea1990),
        fc.double({ min: 2, max: 5, noNaN: true }),
        (rupture, intensity) => {
          const kmPerDegree = (Math.PI * 6371) / 180;
          const south = (km: number) => ({
            latitude: rupture.hypocentre.latitude - km / kmPerDegree,
            longitude: rupture.hypocentre.longitude,
          });
          const reachKm = reachOfIntensityKm(rupture, intensity);
          expect(expectedIntensity(rupture, south(reachKm + 1)).decisive).toBeLessThan(intensity);
        },
      ),
    );
    expect(reachOfIntensityKm({ ...marmara, magnitude: 5 }, 9)).toBe(0);
  });
});
