import type { AlertPolicy } from '../alert/alert-policy.ts';
import { isQuietAt } from '../alert/quiet-hours.ts';
import type { QuietHours } from '../endpoint.ts';
import type { Asked } from './request.ts';

export type Drill = Extract<Asked, { kind: 'drill' }>;

/** No drill tells anybody of anything between these local times of its place. */
const drillQuietHours: QuietHours = { fromMinute: 22 * 60, toMinute: 7 * 60 };
const halfHourMs = 30 * 60_000;
/** What was approved and could not begin by then does not begin: nobody expects it any more. */
export const longestDelayMs = 5 * 60_000;

/** Whether nothing of a drill can be told in the quiet hours of its place, as late as it may begin and as long as it may last. */
export function isOutsideQuietHours(drill: Drill, { notification }: Pick<AlertPolicy, 'notification'>): boolean {
  const { startAtMs, country, solution } = drill;
  const place = { country, longitude: solution.longitude };
  const endMs = startAtMs + longestDelayMs + notification.usefulSeconds * 1000;
  for (let timeMs = startAtMs; timeMs < endMs; timeMs += halfHourMs)
    if (isQuietAt(drillQuietHours, timeMs, place)) return false;
  return !isQuietAt(drillQuietHours, endMs, place);
}
