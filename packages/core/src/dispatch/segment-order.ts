import type { Alert } from '../alert/alert.ts';
import { epicentralDistanceKm } from '../place/geodesy.ts';
import { travelTimes } from '../place/travel-times.ts';
import type { Segment } from './segment-map.ts';

/** When the S wave reaches a segment's centre, milliseconds since the epoch. */
export function sArrivalMs(segment: Segment, { hypocentre }: Pick<Alert, 'hypocentre'>): number {
  const distanceKm = epicentralDistanceKm(segment.centre, hypocentre);
  return hypocentre.originTimeMs + 1000 * travelTimes({ distanceKm, depthKm: hypocentre.depthKm }).sSeconds;
}

/**
 * Segment ids in the order in which they are told: nearest first by S arrival. An early warning first goes to those whom
 * the S wave has not reached when it is issued; a notification counts down nothing, so it keeps to the nearest.
 */
export function orderSegments(segments: readonly Segment[], alert: Alert): number[] {
  const arrivals = new Map(segments.map((segment) => [segment.id, sArrivalMs(segment, alert)]));
  const arrival = (id: number): number => arrivals.get(id) ?? 0;
  const reached = (id: number): number => (alert.type === 'earlyWarning' && arrival(id) <= alert.issuedAtMs ? 1 : 0);
  return segments.map(({ id }) => id).sort((a, b) => reached(a) - reached(b) || arrival(a) - arrival(b) || a - b);
}
