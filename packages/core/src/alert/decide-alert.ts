import type { Bulletin } from '../earthquake/bulletin.ts';
import type { Earthquake } from '../earthquake/earthquake.ts';
import { distanceOfIntensityKm } from '../place/expected-intensity.ts';
import { travelTimes } from '../place/travel-times.ts';
import type { Alert } from './alert.ts';
import type { AlertPolicy } from './alert-policy.ts';
import { templateVersion } from './render-text.ts';

/** Why nobody is told. */
export type NoAlertReason =
  | 'alreadyAlerted'
  | 'deleted'
  | 'originInFuture'
  | 'originTooOld'
  | 'magnitudeTooSmall'
  | 'feltByNobody';

export type AlertDecision = { alert: Alert } | { none: NoAlertReason };

/**
 * Decides whether people are told of an earthquake: one alert an earthquake, from its preferred solution.
 * @param nowMs store time, milliseconds since the epoch: the alert's `issuedAtMs`.
 */
export function decideAlert(earthquake: Earthquake, policy: AlertPolicy, nowMs: number): AlertDecision {
  const { preferred } = earthquake;
  const none = reasonAgainst(earthquake, policy, nowMs);
  if (none) return { none };
  const areaRadiusKm = areaRadius(preferred, policy);
  if (areaRadiusKm === 0) return { none: 'feltByNobody' };
  return {
    alert: {
      schema: 1,
      earthquakeId: earthquake.id,
      seq: earthquake.lastAlertSeq + 1,
      kind: 'alert',
      exercise: false,
      hypocentre: preferred.hypocentre,
      magnitude: preferred.magnitude,
      region: preferred.region,
      areaRadiusKm,
      policyVersion: policy.version,
      templateVersion,
      receivedAtMs: preferred.receivedAtMs,
      issuedAtMs: nowMs,
      ...typeAndExpiry(preferred, areaRadiusKm, policy, nowMs),
    },
  };
}

function reasonAgainst(earthquake: Earthquake, policy: AlertPolicy, nowMs: number): NoAlertReason | undefined {
  const { status, hypocentre, magnitude } = earthquake.preferred;
  const ageMs = nowMs - hypocentre.originTimeMs;
  if (earthquake.lastAlertSeq > 0) return 'alreadyAlerted';
  if (status === 'deleted') return 'deleted';
  if (ageMs < -policy.futureToleranceSeconds * 1000) return 'originInFuture';
  if (ageMs > policy.oldestOriginSeconds * 1000) return 'originTooOld';
  if (magnitude < policy.minimumMagnitude) return 'magnitudeTooSmall';
  return undefined;
}

/** Epicentral distance in km at which the median intensity falls below the lowest one allowed; 0: nowhere reached. */
function areaRadius({ magnitude, hypocentre }: Bulletin, policy: AlertPolicy): number {
  const slantKm = distanceOfIntensityKm(magnitude, policy.lowestIntensity);
  const depthKm = Math.max(0, hypocentre.depthKm);
  const radiusKm = slantKm > depthKm ? Math.sqrt(slantKm ** 2 - depthKm ** 2) : 0;
  return Math.min(policy.largestRadiusKm, Math.ceil(radiusKm));
}

/** An early warning while the S wave is still on its way to the edge of the area, and the source is fast enough. */
function typeAndExpiry(
  { source, hypocentre }: Bulletin,
  areaRadiusKm: number,
  policy: AlertPolicy,
  nowMs: number,
): Pick<Alert, 'type' | 'expiresAtMs'> {
  const { sSeconds } = travelTimes({ distanceKm: areaRadiusKm, depthKm: hypocentre.depthKm });
  const edgeReachedAtMs = Math.round(hypocentre.originTimeMs + sSeconds * 1000);
  if (policy.earlyWarningSources.includes(source) && edgeReachedAtMs > nowMs)
    return { type: 'earlyWarning', expiresAtMs: edgeReachedAtMs + policy.earlyWarningUsefulSeconds * 1000 };
  return { type: 'notification', expiresAtMs: nowMs + policy.notificationUsefulSeconds * 1000 };
}
