import type { Endpoint, QuietHours } from '../endpoint.ts';
import { localMinute, type TimePlace } from '../message/local-time.ts';
import type { Alert } from './alert.ts';
import { intensityAt } from './concerns.ts';

/** From this intensity (MMI) on an earthquake wakes most people anyway, and things fall: nobody is left asleep. */
export const wakingIntensity = 5;

/** Whether a local time of day lies in quiet hours; those that end where they begin are none. */
export const isWithin = ({ fromMinute, toMinute }: QuietHours, minute: number): boolean =>
  fromMinute <= toMinute ? fromMinute <= minute && minute < toMinute : fromMinute <= minute || minute < toMinute;

/** Whether it is within quiet hours at a place. @param timeMs milliseconds since the epoch. */
export const isQuietAt = (hours: QuietHours, timeMs: number, place: TimePlace): boolean =>
  isWithin(hours, localMinute(timeMs, place));

/**
 * Whether somebody whom an alert concerns is not told because of quiet hours: judged at the instant of its decision, so
 * that every worker agrees, and never where the intensity expected at the place should wake them. A drill wakes nobody.
 */
export function isLeftAsleep(endpoint: Endpoint, alert: Alert): boolean {
  const { quietHours } = endpoint;
  if (!quietHours || !isQuietAt(quietHours, alert.issuedAtMs, endpoint)) return false;
  return alert.exercise || intensityAt(endpoint, alert) < wakingIntensity;
}
