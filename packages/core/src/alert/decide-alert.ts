import type { Bulletin } from '../earthquake/bulletin.ts';
import type { Earthquake } from '../earthquake/earthquake.ts';
import type { Mainshock } from '../earthquake/mainshock.ts';
import { templateVersion } from '../message/render-text.ts';
import { reachOfIntensityKm } from '../place/expected-intensity.ts';
import { travelTimes } from '../place/travel-times.ts';
import { mainshockBefore } from './aftershock.ts';
import type { Alert } from './alert.ts';
import type { AlertPolicy } from './alert-policy.ts';
import { regionsReached } from './regions-reached.ts';
import { isSignificantChange } from './significant-change.ts';
import { type Doubt, supportOf } from './support.ts';

/** Why nobody is told. */
export type NoAlertReason =
  | Doubt
  | 'deleted'
  | 'retractedTooLate'
  | 'originInFuture'
  | 'originTooOld'
  | 'magnitudeTooSmall'
  | 'feltByNobody'
  | 'feltInNoRegion'
  | 'aftershock'
  /** People were told, and nothing that concerns them changed since. */
  | 'alreadyAlerted';

/** In shadow mode the alert is decided as if it were sent, and is not. */
export type AlertDecision = { alert: Alert; mode: 'live' | 'shadow' } | { none: NoAlertReason };

/** What a decision depends on besides the earthquake and the policy. */
export interface Circumstances {
  /** Store time, milliseconds since the epoch: the alert's `issuedAtMs`. */
  nowMs: number;
  /** As far back as policy damps aftershocks. */
  mainshocks: readonly Mainshock[];
}

/**
 * Decides from the preferred solution whether people are told of an earthquake: first an alert, then updates where
 * something significant changed since people were last told, a cancel where every source retracted it.
 */
export function decideAlert(earthquake: Earthquake, policy: AlertPolicy, circumstances: Circumstances): AlertDecision {
  const { preferred, lastAlert } = earthquake;
  const told = lastAlert?.kind === 'cancel' ? undefined : lastAlert;
  if (preferred.status === 'deleted') return decideCancel(earthquake, told, policy, circumstances);

  const untimely = timeReason(preferred, told, policy, circumstances.nowMs);
  if (untimely) return { none: untimely };
  const support = supportOf(earthquake, policy, circumstances.mainshocks);
  if ('doubt' in support) return { none: support.doubt };

  const proposed = propose(preferred, support.upTo, told, policy, circumstances);
  if ('none' in proposed) return proposed;
  const { mode, ...content } = proposed;
  if (mode === 'live' && earthquake.shadow) return decideAlert(asUntold(earthquake), policy, circumstances);
  // Who was told is not told the rest in shadow, or a cancel would be lost in it too.
  if (mode === 'shadow' && told && !earthquake.shadow) return { none: 'feltInNoRegion' };
  if (told && !isSignificantChange(told, preferred, policy)) return { none: 'alreadyAlerted' };
  const { hypocentre, magnitude, region, exercise, receivedAtMs } = preferred;
  const alert: Alert = {
    ...stamp(earthquake, policy, circumstances.nowMs),
    ...{ kind: told ? 'update' : 'alert', exercise, hypocentre, magnitude, region, receivedAtMs },
    ...(told && { previousMagnitude: told.magnitude }),
    ...content,
  };
  return { alert, mode };
}

/** Whom an alert in shadow would have told knows nothing of it: the first one that is sent is no update. */
function asUntold({ lastAlert: _, shadow: __, ...earthquake }: Earthquake): Earthquake {
  return earthquake;
}

/** The part that every alert gets from where it was made. */
const stamp = (earthquake: Earthquake, policy: AlertPolicy, nowMs: number) => ({
  schema: 1 as const,
  earthquakeId: earthquake.id,
  seq: earthquake.lastAlertSeq + 1,
  policyVersion: policy.version,
  templateVersion,
  issuedAtMs: nowMs,
});

function decideCancel(
  earthquake: Earthquake,
  told: Alert | undefined,
  policy: AlertPolicy,
  { nowMs }: Circumstances,
): AlertDecision {
  if (!told) return { none: 'deleted' };
  if (nowMs > told.issuedAtMs + policy.cancelUntilSeconds * 1000) return { none: 'retractedTooLate' };
  const expiresAtMs = nowMs + policy.notification.usefulSeconds * 1000;
  const { receivedAtMs } = earthquake.preferred;
  const alert: Alert = { ...told, ...stamp(earthquake, policy, nowMs), kind: 'cancel', receivedAtMs, expiresAtMs };
  return { alert, mode: earthquake.shadow ? 'shadow' : 'live' };
}

/** Whatever a bulletin's own date says: an old origin is history. What people were told of is corrected for longer. */
function timeReason(
  { hypocentre }: Bulletin,
  told: Alert | undefined,
  { origin, update }: AlertPolicy,
  nowMs: number,
): NoAlertReason | undefined {
  const ageMs = nowMs - hypocentre.originTimeMs;
  if (ageMs < -origin.futureSeconds * 1000) return 'originInFuture';
  if (ageMs > (told ? update.untilSeconds : origin.oldestSeconds) * 1000) return 'originTooOld';
  return undefined;
}

type Proposal = Pick<Alert, 'type' | 'areaRadiusKm' | 'expiresAtMs' | 'within' | 'smsRadiusKm'> & {
  mode: 'live' | 'shadow';
};

/** Type, area and regions. An update has no threshold: whoever was told is told that it was less. */
function propose(
  preferred: Bulletin,
  upTo: Alert['type'],
  told: Alert | undefined,
  policy: AlertPolicy,
  circumstances: Circumstances,
): Proposal | { none: NoAlertReason } {
  const warning = upTo === 'earlyWarning' ? earlyWarning(preferred, policy, circumstances.nowMs) : undefined;
  const { type, expiresAtMs } = warning ?? notification(policy, circumstances.nowMs);
  const { minimumMagnitude, minimumIntensity } = policy[type];
  if (!told && preferred.magnitude < minimumMagnitude) return { none: 'magnitudeTooSmall' };

  const mainshock =
    told || preferred.exercise ? undefined : mainshockBefore(preferred, circumstances.mainshocks, policy);
  const intensity = Math.max(minimumIntensity, mainshock ? policy.aftershocks.minimumIntensity : 0);
  const feltKm = areaRadiusKm(preferred, intensity, policy);
  const areaKm = Math.max(feltKm, told?.areaRadiusKm ?? 0);
  if (areaKm === 0) return { none: mainshock ? 'aftershock' : 'feltByNobody' };

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
