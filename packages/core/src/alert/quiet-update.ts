import type { Alert } from './alert.ts';

/** A rise by this much is worth a sound. */
const loudRise = 0.5;

/**
 * Whether an update is no escalation: whoever was told need not be startled again. It is one where an early warning follows
 * a notification, or the magnitude is higher by 0.5 or more.
 */
export function isQuietUpdate(
  alert: Pick<Alert, 'kind' | 'type' | 'magnitude' | 'previousMagnitude' | 'previousType'>,
): boolean {
  const { kind, type, magnitude, previousMagnitude, previousType } = alert;
  if (kind !== 'update' || previousMagnitude === undefined) return false;
  const becameWarning = type === 'earlyWarning' && previousType !== 'earlyWarning';
  // Rounded to what magnitudes are given to: 8.2 - 7.7 is a little less than 0.5 in binary.
  const rise = Math.round((magnitude - previousMagnitude) * 100);
  return !becameWarning && rise < loudRise * 100;
}
