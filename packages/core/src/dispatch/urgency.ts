import type { Alert } from '../alert/alert.ts';
import { type OpenRun, type RunDurations, type Urgency, urgencies } from './run.ts';

/** How urgent an alert is; a drill never stands before the real thing. */
export function urgencyOf(alert: Pick<Alert, 'kind' | 'type' | 'exercise' | 'aftershocks'>): Urgency {
  if (alert.exercise) return 'exercise';
  if (alert.aftershocks) return 'digest';
  if (alert.kind === 'cancel' || alert.kind === 'allClear') return alert.kind;
  if (alert.type === 'earlyWarning') return 'earlyWarning';
  return alert.kind === 'update' ? 'update' : 'notification';
}

/** Whether one run's kind goes before the other's, whenever they were issued. */
export const isMoreUrgent = (a: Pick<OpenRun, 'urgency'>, b: Pick<OpenRun, 'urgency'>): boolean =>
  urgencies.indexOf(a.urgency) < urgencies.indexOf(b.urgency);

/** Most urgent first, then the one issued first; the rest only makes the order total. */
export const compareRuns = (a: OpenRun, b: OpenRun): number =>
  urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency) ||
  a.issuedAtMs - b.issuedAtMs ||
  a.earthquakeId.localeCompare(b.earthquakeId) ||
  a.seq - b.seq;

/** Runs that a worker may work on, in the order in which it tries them. A superseded run is left to its successor. */
export const runsToWorkOn = (open: readonly OpenRun[]): OpenRun[] =>
  open.filter((run) => run.supersededBySeq === undefined).sort(compareRuns);

/** A page is taken over `takeMs` after it was last seen to change: more than 16 % longer than the hold. */
export const durationsOf = (alert: Pick<Alert, 'type'>): RunDurations =>
  alert.type === 'earlyWarning'
    ? { holdMs: 6_000, takeMs: 7_500, sendTimeoutMs: 2_500, storeTimeoutMs: 1_500 }
    : { holdMs: 10_000, takeMs: 12_000, sendTimeoutMs: 4_000, storeTimeoutMs: 2_000 };

/** No send may start later than this after its page was claimed (or the last beat): it ends and is settled in time. */
export const startBoundMs = ({ holdMs, sendTimeoutMs, storeTimeoutMs }: RunDurations): number =>
  holdMs - sendTimeoutMs - storeTimeoutMs;

/**
 * May endpoints of unknown fate be told once more, at the risk of telling them twice? Where a missed message costs more
 * than a doubled one: early warnings, and the cancel of one.
 */
export const mayResendUnknown = (alert: Pick<Alert, 'kind' | 'type'>): boolean =>
  alert.kind === 'cancel' || (alert.type === 'earlyWarning' && alert.kind !== 'allClear');

/** Sending ends this long before the expiry: the store's time is known to a second and a round trip. */
const expiryMarginMs = 1_500;

/** How long sending is still of use, in milliseconds; not above 0 once it is not. */
export const usefulForMs = (run: { expiresAtMs: number }, storeNowMs: number): number =>
  run.expiresAtMs - expiryMarginMs - storeNowMs;

export const isExpired = (run: { expiresAtMs: number }, storeNowMs: number): boolean =>
  usefulForMs(run, storeNowMs) <= 0;
