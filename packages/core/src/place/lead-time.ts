import { epicentralDistanceKm, type Place } from './geodesy.ts';
import { travelTimes } from './travel-times.ts';

interface Source extends Place {
  depthKm: number;
  /** Milliseconds since the epoch. */
  originTimeMs: number;
}

/** Seconds from `nowMs` until the first S wave reaches a place; negative once it has. */
export function leadSeconds(hypocentre: Source, place: Place, nowMs: number): number {
  const distanceKm = epicentralDistanceKm(hypocentre, place);
  const { sSeconds } = travelTimes({ distanceKm, depthKm: hypocentre.depthKm });
  return (hypocentre.originTimeMs - nowMs) / 1000 + sSeconds;
}

/**
 * The blind zone at `nowMs`: epicentral distance in km that the first S wave has reached. Nobody nearer can be warned; 0
 * while the wave is still on its way up.
 */
export function blindZoneKm(
  { depthKm, originTimeMs }: Pick<Source, 'depthKm' | 'originTimeMs'>,
  nowMs: number,
): number {
  const seconds = (nowMs - originTimeMs) / 1000;
  const hasReached = (distanceKm: number): boolean => travelTimes({ distanceKm, depthKm }).sSeconds <= seconds;
  let [near, far] = [0, 20_000];
  if (!hasReached(near)) return 0;
  // The S wave arrives later farther away: halve until the interval is below 10 m.
  while (far - near > 0.01) {
    const middle = (near + far) / 2;
    if (hasReached(middle)) near = middle;
    else far = middle;
  }
  return near;
}
