import type { Source } from '../earthquake/bulletin.ts';

/** What is alerted, as data: a change is a new version, and every alert names the version that it was decided by. */
export interface AlertPolicy {
  version: number;
  /** Smaller earthquakes are told to nobody. */
  minimumMagnitude: number;
  /** Bulletins below this that belong to no known earthquake are not kept: a later version may be larger. */
  minimumKeptMagnitude: number;
  /** The lowest intensity that a subscriber may ask for: the alert's area ends where the median falls below it. */
  lowestIntensity: number;
  /** Upper bound of the area, epicentral: the intensity formula is far outside its fitted distances there. */
  largestRadiusKm: number;
  /** An origin longer ago than this is history, whatever its bulletin's date says. */
  oldestOriginSeconds: number;
  /** An origin later than now by more than this is an error, not a clock that is a little off. */
  futureToleranceSeconds: number;
  /** Sources that are fast enough for an early warning; all others give a notification only. */
  earlyWarningSources: readonly Source[];
  /** A notification is not sent later than this after its decision. */
  notificationUsefulSeconds: number;
  /** An early warning is not sent later than this after the S wave reached the edge of the area. */
  earlyWarningUsefulSeconds: number;
}

export const alertPolicy: AlertPolicy = {
  version: 1,
  minimumMagnitude: 4.5,
  minimumKeptMagnitude: 4,
  lowestIntensity: 2,
  largestRadiusKm: 1000,
  oldestOriginSeconds: 30 * 60,
  futureToleranceSeconds: 10,
  earlyWarningSources: ['ingest'],
  notificationUsefulSeconds: 30 * 60,
  earlyWarningUsefulSeconds: 60,
};
