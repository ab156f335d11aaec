import { gravity, intensityOfAcceleration, intensityOfVelocity } from './ground-motion-intensity.ts';

/** Vectors of USGS ShakeMap's own test of the same paper. */
const ofGravities = [
  [0.01, 3.31708696],
  [0.03, 4.05662491],
  [0.1, 5.76917533],
  [0.2, 6.88298631],
  [0.3, 7.53452397],
  [0.4, 7.9967973],
  [0.5, 8.35536434],
] as const;
const ofVelocities = [
  [1, 3.78],
  [3, 4.48136824],
  [10, 6.05],
  [20, 7.00125479],
  [30, 7.55770316],
  [40, 7.95250957],
  [50, 8.25874521],
] as const;

describe('intensity of ground motion', () => {
  it.each(ofGravities)('equals the published value for %d g to 1e-6', (gravities, intensity) => {
    expect(Math.abs(intensityOfAcceleration(gravities * gravity) - intensity)).toBeLessThan(1e-6);
  });

  it.each(ofVelocities)('equals the published value for %d cm/s to 1e-6', (velocity, intensity) => {
    expect(Math.abs(intensityOfVelocity(velocity) - intensity)).toBeLessThan(1e-6);
  });

  it('stays between 1 and 10', () => {
    expect([1e-9, 1e9].map(intensityOfAcceleration)).toEqual([1, 10]);
    expect([1e-9, 1e9].map(intensityOfVelocity)).toEqual([1, 10]);
  });
});
