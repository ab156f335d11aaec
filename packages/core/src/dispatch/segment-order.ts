import type { Alert } from '../alert/alert.ts';
import { epicentralDistanceKm } from '../place/geodesy.ts';
import type { Segment } from './segment-map.ts';

/** Seconds from the rupture until the S wave reaches a place on the surface at that epicentral distance. */
export type STravelSeconds = (distanceKm: number, depthKm: number) => number;

/** When the S wave reaches a segment's centre, milliseconds since the epoch. */
export const sArrivalMs = (
  segment: Segment,
  { hypocentre }: Pick<Alert, 'hypocentre'>,
  travel: STravelSeconds,
): number =>
  hypocentre.originTimeMs + 1000 * travel(epicentralDistanceKm(segment.centre, hypocentre), hypocentre.depthKm);

/**
 * Segment ids in the order in which they are told: nearest first by S arrival. An early warning first goes to those whom
 * the S wave has not reached when it is issued; a notification counts down nothing, so it keeps to the nearest.
 */
export function orderSegments(segments: readonly Segment[], alert: Alert, travel: STravelSeconds): number[] {
  const arrivals = new Map(segments.map((segment) => [segment.id, sArrivalMs(segment, alert, travel)]));
  const arrival = (id: number): number => arrivals.get(id) ?? 0;
  const reached = (id: number): number => (alert.type === 'earlyWarning' && arrival(id) <= alert.issuedAtMs ? 1 : 0);
  return segments.map(({ id }) => id).sort((a, b) => reached(a) - reached(b) || arrival(a) - arrival(b) || a - b);
}
