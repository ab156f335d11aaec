import fc from 'fast-check';
import { arcSide } from './carpathians.ts';
import { isVrancea, vranceaAcceleration, vranceaIntensity } from './vrancea-intensity.ts';

const path = (magnitude: number, depthKm: number, distanceKm: number) =>
  ({ magnitude, depthKm, hypocentralDistanceKm: Math.hypot(distanceKm, depthKm), side: 'foreArc' }) as const;

/** Recomputed by hand from the published coefficients: fore-arc, class C. */
const printed = [
  [6.9, 89, 175, 70.7, 5.2, 6.4],
  [6.3, 88, 163, 39.7, 4.3, 5.5],
  [5.4, 149, 122, 6.0, 3.0, 3.5],
] as const;

describe('Vrancea intensity', () => {
  it.each(printed)(
    'equals the printed digits for M %d, depth %d km, %d km away',
    (magnitude, depth, distance, pga, median, plusSigma) => {
      const sample = path(magnitude, depth, distance);
      expect(vranceaAcceleration(sample).medianCmS2.toFixed(1)).toBe(pga.toFixed(1));
      const intensity = vranceaIntensity(sample);
      expect(intensity.median.toFixed(1)).toBe(median.toFixed(1));
      expect(intensity.plusSigma.toFixed(1)).toBe(plusSigma.toFixed(1));
    },
  );

  it('is lower across the arc, and falls with distance', () => {
    const distances = fc.double({ min: 60, max: 1000, noNaN: true });
    fc.assert(
      fc.property(distances, (hypocentralDistanceKm) => {
        const at = (side: 'foreArc' | 'alongArc' | 'backArc', km = hypocentralDistanceKm): number =>
          vranceaAcceleration({ magnitude: 7, depthKm: 60, hypocentralDistanceKm: km, side }).medianCmS2;
        expect(at('foreArc')).toBeGreaterThan(at('alongArc'));
        expect(at('alongArc')).toBeGreaterThan(at('backArc'));
        expect(at('foreArc', hypocentralDistanceKm * 1.1)).toBeLessThan(at('foreArc'));
      }),
    );
  });

  it('knows the nest by place and depth', () => {
    expect(isVrancea({ latitude: 45.916, longitude: 26.665, depthKm: 91.4 })).toBe(true);
    expect(isVrancea({ latitude: 45.77, longitude: 26.76, depthKm: 20 })).toBe(false);
    expect(isVrancea({ latitude: 45.1, longitude: 23.2, depthKm: 91 })).toBe(false);
  });
});

describe('side of the Carpathian arc', () => {
  it.each([
    ['Bucharest', 44.43, 26.1, 'foreArc'],
    ['Iasi', 47.16, 27.59, 'foreArc'],
    ['Craiova', 44.32, 23.8, 'foreArc'],
    ['Sofia', 42.7, 23.32, 'foreArc'],
    ['Istanbul', 41.01, 28.98, 'foreArc'],
    ['Brasov', 45.65, 25.6, 'alongArc'],
    ['Cluj', 46.77, 23.6, 'backArc'],
    ['Timisoara', 45.75, 21.23, 'backArc'],
    ['Targu Mures', 46.54, 24.56, 'backArc'],
  ] as const)('of %s', (_name, latitude, longitude, side) => {
    expect(arcSide({ latitude, longitude })).toBe(side);
  });
});
