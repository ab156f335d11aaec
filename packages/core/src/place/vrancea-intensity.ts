import { type Box, isInside } from './box.ts';
import type { ArcSide } from './carpathians.ts';
import type { Place } from './geodesy.ts';
import { intensityOfAcceleration } from './ground-motion-intensity.ts';

/** Peak ground acceleration at one place: median in cm/s², standard deviation of its natural logarithm. */
export interface VranceaAcceleration {
  medianCmS2: number;
  sigmaLn: number;
}

const anelastic: Readonly<Record<ArcSide, number>> = {
  foreArc: -0.007789,
  alongArc: -0.012832,
  backArc: -0.016391,
};
/** Ground of class C (EN 1998-1), as below most of Bucharest; the site's own frequency is taken as unknown (15 Hz). */
const groundClassC = -0.216223;
const sigmaLn = 0.733723;

/**
 * Ground motion of intermediate-depth Vrancea earthquakes by Manea, Cioflan and Danciu 2021, as in OpenQuake's
 * `manea_2021.py`.
 */
export function vranceaAcceleration(path: {
  magnitude: number;
  depthKm: number;
  hypocentralDistanceKm: number;
  side: ArcSide;
}): VranceaAcceleration {
  const { depthKm, hypocentralDistanceKm, side } = path;
  const above = path.magnitude - 5.7;
  const lnCmS2 =
    4.025595 +
    1.621585 * above -
    0.29248 * above ** 2 +
    0.214168 * Math.log(hypocentralDistanceKm) +
    anelastic[side] * hypocentralDistanceKm -
    0.007613 * depthKm +
    groundClassC;
  return { medianCmS2: Math.exp(lnCmS2), sigmaLn };
}

/** Intensity (MMI) by that acceleration and Worden et al. 2012: the median, and one standard deviation above it. */
export function vranceaIntensity(path: Parameters<typeof vranceaAcceleration>[0]): {
  median: number;
  plusSigma: number;
} {
  const { medianCmS2, sigmaLn } = vranceaAcceleration(path);
  return {
    median: intensityOfAcceleration(medianCmS2),
    plusSigma: intensityOfAcceleration(medianCmS2 * Math.exp(sigmaLn)),
  };
}

/** Around the nest below the Carpathians' bend, with room for the errors of first locations. */
const nest: Box = { south: 45.1, north: 46.4, west: 25.8, east: 27.4 };
const shallowestKm = 60;

export const isVrancea = (hypocentre: Place & { depthKm: number }): boolean =>
  hypocentre.depthKm >= shallowestKm && isInside(hypocentre, nest);
