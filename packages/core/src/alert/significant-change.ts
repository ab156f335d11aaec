import type { Bulletin } from '../earthquake/bulletin.ts';
import { epicentralDistanceKm } from '../place/geodesy.ts';
import type { Alert } from './alert.ts';
import type { AlertPolicy } from './alert-policy.ts';

/** Whether a solution differs from what people were last told by as much as policy tells them of. */
export function isSignificantChange(
  told: Pick<Alert, 'hypocentre' | 'magnitude'>,
  now: Pick<Bulletin, 'hypocentre' | 'magnitude'>,
  { update }: AlertPolicy,
): boolean {
  // Rounded to what magnitudes are given to: 5.0 - 4.7 is a little more than 0.3 in binary, 4.3 - 4.0 a little less.
  const raised = Math.round((now.magnitude - told.magnitude) * 100);
  return (
    raised >= Math.round(update.raisedBy * 100) ||
    -raised >= Math.round(update.loweredBy * 100) ||
    epicentralDistanceKm(told.hypocentre, now.hypocentre) >= update.movedKm ||
    Math.abs(now.hypocentre.depthKm - told.hypocentre.depthKm) >= update.deeperOrShallowerKm
  );
}
