import type { Endpoint } from '../endpoint.ts';
import { isInside } from '../place/box.ts';
import { expectedIntensity } from '../place/expected-intensity.ts';
import { epicentralDistanceKm, type Place } from '../place/geodesy.ts';
import type { Alert } from './alert.ts';

/** What `concerns` and the texts need to know of an endpoint. */
export type Concerned = Pick<
  Endpoint,
  'channel' | 'latitude' | 'longitude' | 'minimumIntensity' | 'validFromMs' | 'validToMs'
>;

/** The row is in force at the instant of the decision: stored values only, so that every worker agrees. */
export function isInForce(endpoint: Pick<Endpoint, 'validFromMs' | 'validToMs'>, alert: Alert): boolean {
  const { validFromMs, validToMs = Number.POSITIVE_INFINITY } = endpoint;
  return validFromMs <= alert.issuedAtMs && alert.issuedAtMs < validToMs;
}

/**
 * Whether an alert concerns an endpoint: in force when it was issued, inside its area, and the intensity expected at the
 * place reaches the endpoint's minimum. The median is exceeded at every second place, so a minimum equal to the
 * intensity that somebody cares for would miss half of them: sign-up offers a minimum below it, and says so.
 */
export function concerns(endpoint: Concerned, alert: Alert): boolean {
  return (
    isInForce(endpoint, alert) && isInArea(endpoint, alert) && intensityAt(endpoint, alert) >= endpoint.minimumIntensity
  );
}

function isInArea(endpoint: Concerned, { hypocentre, areaRadiusKm, smsRadiusKm, within }: Alert): boolean {
  if (within && !within.some((box) => isInside(endpoint, box))) return false;
  const distanceKm = epicentralDistanceKm(endpoint, hypocentre);
  if (endpoint.channel === 'sms' && smsRadiusKm !== undefined && distanceKm > smsRadiusKm) return false;
  return distanceKm <= areaRadiusKm;
}

/** Intensity (MMI) that decides at a place: the median for crustal earthquakes, see `expectedIntensity`. */
export const intensityAt = (place: Place, alert: Alert): number => expectedIntensity(alert, place).decisive;
