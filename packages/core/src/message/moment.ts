import type { Alert } from '../alert/alert.ts';
import { travelTimes } from '../place/travel-times.ts';

/** After the S wave's first arrival, the text says for so long that the shaking has probably arrived. */
const shakingLastsMs = 60_000;

/**
 * What is true for one reader at the instant of sending.
 * - `warning`: an early warning, and the S wave has not reached the place yet; `leadMs` is left.
 * - `arriving`: the S wave reached the place within the last minute.
 * - `after`: all later times; also a notification that is sent before the S wave, which promises no seconds.
 */
export type Moment = { name: 'warning'; leadMs: number; arrivalMs: number } | { name: 'arriving' } | { name: 'after' };

/** @param nowMs store time, milliseconds since the epoch. */
export function momentAt(alert: Alert, epicentralDistanceKm: number, nowMs: number): Moment {
  const { depthKm, originTimeMs } = alert.hypocentre;
  const arrivalMs = originTimeMs + travelTimes({ distanceKm: epicentralDistanceKm, depthKm }).sSeconds * 1000;
  const leadMs = arrivalMs - nowMs;
  if (leadMs > 0) return alert.type === 'earlyWarning' ? { name: 'warning', leadMs, arrivalMs } : { name: 'after' };
  return leadMs > -shakingLastsMs ? { name: 'arriving' } : { name: 'after' };
}
