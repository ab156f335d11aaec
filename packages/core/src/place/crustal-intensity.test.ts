import fc from 'fast-check';
import { crustalIntensity } from './crustal-intensity.ts';

/** Medians of an independent implementation (GEM OpenQuake's test vectors AWW_IPE_RHYPO_MEAN). */
const distancesKm = [1, 5, 10, 20, 50, 100, 300];
const published: [magnitude: number, medians: number[]][] = [
  [5, [8.1928149, 6.880172, 5.9736099, 5.0191197, 3.7394023, 2.8223814, 1.368028]],
  [6, [8.2797327, 7.8627966, 7.2488079, 6.4046804, 5.1603881, 4.2486195, 2.795832]],
  [7, [8.2924672, 8.2206291, 8.0343509, 7.5721877, 6.5368604, 5.6632662, 4.2223319]],
];

describe('crustal intensity', () => {
  it.each(published)('equals the published medians for M %d to 1e-6', (magnitude, medians) => {
    medians.forEach((median, index) => {
      const estimate = crustalIntensity({ magnitude, hypocentralDistanceKm: distancesKm[index] ?? 0 });
      expect(Math.abs(estimate.median - median)).toBeLessThan(1e-6);
    });
  });

  it('is less sure near the source', () => {
    expect(crustalIntensity({ magnitude: 6, hypocentralDistanceKm: 22.9 }).sigma).toBeCloseTo(0.82 + 0.37 / 2, 12);
    expect(crustalIntensity({ magnitude: 6, hypocentralDistanceKm: 0 }).sigma).toBeCloseTo(1.19, 12);
  });

  it('falls with distance and, away from the source, with magnitude, also outside the fitted domain', () => {
    const magnitudes = fc.double({ min: 3, max: 9, noNaN: true });
    const distances = fc.double({ min: 0.1, max: 2000, noNaN: true });
    fc.assert(
      fc.property(magnitudes, distances, (magnitude, hypocentralDistanceKm) => {
        const here = crustalIntensity({ magnitude, hypocentralDistanceKm }).median;
        const farther = crustalIntensity({ magnitude, hypocentralDistanceKm: hypocentralDistanceKm * 1.1 }).median;
        expect(farther).toBeLessThan(here);
        const smaller = crustalIntensity({ magnitude: magnitude - 0.1, hypocentralDistanceKm: 300 }).median;
        expect(smaller).toBeLessThan(crustalIntensity({ magnitude, hypocentralDistanceKm: 300 }).median);
      }),
    );
  });
});
