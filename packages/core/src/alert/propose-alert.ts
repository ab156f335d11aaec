import type { Bulletin } from '../earthquake/bulletin.ts';
import type { ImminentSignal } from '../earthquake/imminent-signal.ts';
import type { Mainshock } from '../earthquake/mainshock.ts';
import { reachOfIntensityKm } from '../place/expected-intensity.ts';
import { travelTimes } from '../place/travel-times.ts';
import { mainshockBefore } from './aftershock.ts';
import type { Alert } from './alert.ts';
import type { AlertPolicy } from './alert-policy.ts';
import { regionsReached } from './regions-reached.ts';

/** What a decision depends on besides the earthquake and the policy. */
export interface Circumstances {
  /** Store time, milliseconds since the epoch: the alert's `issuedAtMs`. */
  nowMs: number;
  /** As far back as policy damps aftershocks. */
  mainshocks: readonly Mainshock[];
  /** What early-warning systems without a location said lately; absent where nobody listens to them. */
  signals?: readonly ImminentSignal[];
}

/** What an alert says besides where it comes from; `mode`: whether anybody is told. */
export type Proposal = Pick<Alert, 'type' | 'areaRadiusKm' | 'expiresAtMs' | 'within' | 'smsRadiusKm'> & {
  mode: 'live' | 'shadow';
};

/** Why there is none; of an aftershock, which mainshock it belongs to. */
export type NoProposal =
  | { none: 'magnitudeTooSmall' | 'feltByNobody' | 'feltInNoRegion' }
  | { none: 'aftershock'; mainshockId: string };

/**
 * Type, area, expiry and regions of an alert, or why there is none. An update has no threshold: whoever was told is told
 * that it was less.
 */
export function proposeAlert(
  preferred: Bulletin,
  upTo: Alert['type'],
  told: Alert | undefined,
  policy: AlertPolicy,
  { nowMs, mainshocks }: Circumstances,
): Proposal | NoProposal {
  const warning = upTo === 'earlyWarning' ? earlyWarning(preferred, policy, nowMs) : undefined;
  const { type, expiresAtMs } = warning ?? notification(policy, nowMs);
  const { minimumMagnitude, minimumIntensity } = policy[type];
  if (!told && preferred.magnitude < minimumMagnitude) return { none: 'magnitudeTooSmall' };

  const mainshock = told || preferred.exercise ? undefined : mainshockBefore(preferred, mainshocks, policy);
  const intensity = Math.max(minimumIntensity, mainshock ? policy.aftershocks.minimumIntensity : 0);
  const feltKm = areaRadiusKm(preferred, intensity, policy);
  const areaKm = Math.max(feltKm, told?.areaRadiusKm ?? 0);
  if (areaKm === 0)
    return mainshock ? { none: 'aftershock', mainshockId: mainshock.earthquakeId } : { none: 'feltByNobody' };

  const reached = regionsReached(preferred.hypocentre, areaKm, policy);
  if (!reached) return { none: 'feltInNoRegion' };
  const noSms = policy.sms.types.includes(type) ? {} : { smsRadiusKm: 0 };
  return { type, expiresAtMs, areaRadiusKm: areaKm, ...reached, ...noSms };
}

/** An early warning while the S wave is still on its way to the edge of the area; undefined: too small, or too late. */
function earlyWarning(
  preferred: Bulletin,
  policy: AlertPolicy,
  nowMs: number,
): Pick<Alert, 'type' | 'expiresAtMs'> | undefined {
  const { minimumMagnitude, minimumIntensity, usefulSeconds } = policy.earlyWarning;
  const radiusKm = areaRadiusKm(preferred, minimumIntensity, policy);
  const { sSeconds } = travelTimes({ distanceKm: radiusKm, depthKm: preferred.hypocentre.depthKm });
  const edgeReachedAtMs = Math.round(preferred.hypocentre.originTimeMs + sSeconds * 1000);
  if (preferred.magnitude < minimumMagnitude || radiusKm === 0 || edgeReachedAtMs <= nowMs) return undefined;
  return { type: 'earlyWarning', expiresAtMs: edgeReachedAtMs + usefulSeconds * 1000 };
}

const notification = ({ notification }: AlertPolicy, nowMs: number): Pick<Alert, 'type' | 'expiresAtMs'> => ({
  type: 'notification',
  expiresAtMs: nowMs + notification.usefulSeconds * 1000,
});

const areaRadiusKm = (preferred: Bulletin, intensity: number, policy: AlertPolicy): number =>
  Math.min(policy.largestRadiusKm, Math.ceil(reachOfIntensityKm(preferred, intensity)));
