import type { Endpoint } from '../endpoint.ts';
import { expectedIntensity } from '../place/expected-intensity.ts';
import { epicentralDistanceKm, hypocentralDistanceKm } from '../place/geodesy.ts';
import type { Alert } from './alert.ts';

/** What `concerns` and the texts need to know of an endpoint. */
export type Concerned = Pick<Endpoint, 'latitude' | 'longitude' | 'minimumIntensity' | 'validFromMs' | 'validToMs'>;

/** The row is in force at the instant of the decision: stored values only, so that every worker agrees. */
export function isInForce(endpoint: Pick<Endpoint, 'validFromMs' | 'validToMs'>, alert: Alert): boolean {
  const { validFromMs, validToMs = Number.POSITIVE_INFINITY } = endpoint;
  return validFromMs <= alert.issuedAtMs && alert.issuedAtMs < validToMs;
}

/**
 * Whether an alert concerns an endpoint: in force when it was issued, inside its area, and the median intensity expected
 * at the place reaches the endpoint's minimum. The median is exceeded at every second place, so a minimum equal to the
 * intensity that somebody cares for would miss half of them: sign-up offers a minimum below it, and says so.
 */
export function concerns(endpoint: Concerned, alert: Alert): boolean {
  if (!isInForce(endpoint, alert)) return false;
  const distanceKm = epicentralDistanceKm(endpoint, alert.hypocentre);
  if (distanceKm > alert.areaRadiusKm) return false;
  return intensityAt(distanceKm, alert) >= endpoint.minimumIntensity;
}

/** Median intensity (MMI) expected at an epicentral distance. */
export function intensityAt(distanceKm: number, { magnitude, hypocentre }: Alert): number {
  const slantKm = hypocentralDistanceKm(distanceKm, Math.max(0, hypocentre.depthKm));
  return expectedIntensity({ magnitude, hypocentralDistanceKm: slantKm }).median;
}
