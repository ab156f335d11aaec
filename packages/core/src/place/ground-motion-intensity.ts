/** Acceleration of free fall that the published vectors were computed with, cm/s² (980.665 misses them in the fourth digit). */
export const gravity = 981;

/**
 * Intensity (MMI, 1 to 10) from peak ground acceleration by Worden et al. 2012 (Bull. Seism. Soc. Am. 102, 204-221).
 * @param accelerationCmS2 cm/s², above 0.
 */
export function intensityOfAcceleration(accelerationCmS2: number): number {
  const x = Math.log10(accelerationCmS2);
  if (x < 0.14) return held(1.71 + 2.08 * x);
  return held(x < 1.57 ? 1.78 + 1.55 * x : -1.6 + 3.7 * x);
}

/**
 * Intensity (MMI, 1 to 10) from peak ground velocity, same paper.
 * @param velocityCmS cm/s, above 0.
 */
export function intensityOfVelocity(velocityCmS: number): number {
  const x = Math.log10(velocityCmS);
  if (x < -1.21) return held(4.62 + 2.17 * x);
  return held(x < 0.53 ? 3.78 + 1.47 * x : 2.89 + 3.16 * x);
}

const held = (intensity: number): number => Math.min(10, Math.max(1, intensity));
