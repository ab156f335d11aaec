export interface IntensityEstimate {
  /** Modified Mercalli intensity that half of the places at this distance exceed, about 1 to 12. */
  median: number;
  /** Standard deviation of one place, in the same unit. */
  sigma: number;
}

/** Where the formula was fitted; outside it is extrapolated (see `expectedIntensity`). */
export const intensityDomain = { smallestMagnitude: 5, largestMagnitude: 7.9, largestDistanceKm: 300 };

/**
 * Intensity expected at a place by Allen, Wald and Worden 2012 (J. Seismology 16, 409-431), hypocentral form, crustal
 * earthquakes, no site term. Outside M 5.0-7.9 and 300 km the same formula is used as it stands: below M 5 with the
 * near-source term not below 0, which makes it fall with magnitude as inside. Intermediate-depth earthquakes (Vrancea)
 * are underestimated, by about two units in Bucharest in 1990.
 */
export function expectedIntensity(path: { magnitude: number; hypocentralDistanceKm: number }): IntensityEstimate {
  const { magnitude, hypocentralDistanceKm: distanceKm } = path;
  const saturationKm = Math.max(0, -0.209 + 2.042 * Math.exp(magnitude - 5));
  // 1 m: a zero distance has no logarithm, and no hypocentre lies at the surface below anybody.
  const effectiveKm = Math.max(0.001, Math.hypot(distanceKm, saturationKm));
  const farTerm = distanceKm > 50 ? 0.078 * Math.log(distanceKm / 50) : 0;
  return {
    median: 2.085 + 1.428 * magnitude - 1.402 * Math.log(effectiveKm) + farTerm,
    sigma: 0.82 + 0.37 / (1 + (distanceKm / 22.9) ** 2),
  };
}

/** Hypocentral distance in km at which the median falls to `intensity`, 0 when it is lower everywhere. */
export function distanceOfIntensityKm(magnitude: number, intensity: number): number {
  const reaches = (hypocentralDistanceKm: number): boolean =>
    expectedIntensity({ magnitude, hypocentralDistanceKm }).median >= intensity;
  let near = 0;
  let far = 20_000;
  if (!reaches(near)) return 0;
  if (reaches(far)) return far;
  // The median falls with distance throughout: halve until the interval is below 10 m.
  while (far - near > 0.01) {
    const middle = (near + far) / 2;
    if (reaches(middle)) near = middle;
    else far = middle;
  }
  return near;
}
