/** Median and standard deviation of the intensity (MMI) at one place. */
export interface CrustalIntensity {
  median: number;
  sigma: number;
}

/**
 * Intensity by Allen, Wald and Worden 2012 (J. Seismology 16, 409-431), hypocentral form, crustal earthquakes, no site
 * term. Fitted to M 5.0-7.9 and 300 km; outside the same formula is used as it stands: below M 5 with the near-source
 * term not below 0, which makes it fall with magnitude as inside.
 */
export function crustalIntensity(path: { magnitude: number; hypocentralDistanceKm: number }): CrustalIntensity {
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
