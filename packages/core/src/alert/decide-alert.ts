import type { Bulletin } from '../earthquake/bulletin.ts';
import type { Earthquake } from '../earthquake/earthquake.ts';
import { templateVersion } from '../message/render-text.ts';
import type { Alert } from './alert.ts';
import type { AlertPolicy } from './alert-policy.ts';
import { type Circumstances, proposeAlert } from './propose-alert.ts';
import { isSignificantChange } from './significant-change.ts';
import { type Doubt, supportOf } from './support.ts';

/** Why nobody is told. */
export type NoAlertReason =
  | Doubt
  | 'deleted'
  | 'over'
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
export type AlertDecision = { alert: Alert; mode: 'live' | 'shadow' } | { none: NoAlertReason; mainshockId?: string };

/**
 * Decides from the preferred solution whether people are told of an earthquake: first an alert, then updates where
 * something significant changed since people were last told, a cancel where every source or an operator retracted it, an
 * all-clear where an operator gave it.
 */
export function decideAlert(earthquake: Earthquake, policy: AlertPolicy, circumstances: Circumstances): AlertDecision {
  const { preferred, lastAlert } = earthquake;
  const told = lastAlert?.kind === 'cancel' ? undefined : lastAlert;
  const { status } = preferred;
  if (status === 'deleted' || status === 'over') return decideEnd(status, earthquake, told, policy, circumstances);

  const untimely = timeReason(preferred, told, policy, circumstances.nowMs);
  if (untimely) return { none: untimely };
  const support = supportOf(earthquake, policy, circumstances);
  if ('doubt' in support) return { none: support.doubt };

  const proposed = proposeAlert(preferred, support.upTo, told, policy, circumstances);
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
    ...(told && { previousMagnitude: told.magnitude, previousType: told.type }),
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

function decideEnd(
  status: 'deleted' | 'over',
  earthquake: Earthquake,
  told: Alert | undefined,
  policy: AlertPolicy,
  { nowMs }: Circumstances,
): AlertDecision {
  const kind = status === 'deleted' ? 'cancel' : 'allClear';
  if (!told || told.kind === kind) return { none: status };
  if (nowMs > told.issuedAtMs + policy.cancelUntilSeconds * 1000) return { none: 'retractedTooLate' };
  const expiresAtMs = nowMs + policy.notification.usefulSeconds * 1000;
  const { receivedAtMs } = earthquake.preferred;
  const alert: Alert = { ...told, ...stamp(earthquake, policy, nowMs), kind, receivedAtMs, expiresAtMs };
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
