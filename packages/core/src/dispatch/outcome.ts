/**
 * What is known of one endpoint in one run. `docs` in parentheses: the report's column it counts in.
 * - `open`: not known yet. `notTried`: claimed, not sent, to be sent by the next holder.
 * - `accepted` / `delivered` (accepted): the provider took it / a receipt says it arrived.
 * - `rejected` / `exhausted` (failed): permanent answer / every attempt failed definitely.
 * - `handedToBackup`: definitely failed here, queued on the backup channel.
 * - `replayed`: every attempt failed, queued on this channel once more; it counts there and not here.
 * - `retrying`: failed definitely for now, another attempt follows.
 * - `unknown`: may have been sent (crash, hang or unanswered request).
 * - `belowThreshold` / `notInForce` (notConcerned): expected intensity too low / row not valid at issue time, or
 *   another place of the same person governs.
 * - `optedOut` / `quietHours` / `superseded` (suppressed).
 * - `expired`: no longer useful before it could be sent.
 */
export const outcomes = [
  'open',
  'notTried',
  'accepted',
  'delivered',
  'rejected',
  'exhausted',
  'handedToBackup',
  'replayed',
  'retrying',
  'unknown',
  'optedOut',
  'belowThreshold',
  'notInForce',
  'quietHours',
  'expired',
  'superseded',
] as const;
export type Outcome = (typeof outcomes)[number];

/** The report's columns: considered + fromBackup = notConcerned + eligible; eligible = the sum of the others. */
export const reportColumns = ['accepted', 'failed', 'suppressed', 'expired', 'unknown', 'handedToBackup'] as const;
export type ReportColumn = (typeof reportColumns)[number];
