import { longestDampingDays } from '../alert/aftershock.ts';
import type { Alert } from '../alert/alert.ts';
import { type AlertPolicy, trustIn } from '../alert/alert-policy.ts';
import { type AlertDecision, decideAlert, type NoAlertReason } from '../alert/decide-alert.ts';
import type { StoreTime } from '../runtime/clock.ts';
import { addBulletin } from './add-bulletin.ts';
import { associate } from './associate.ts';
import type { Bulletin } from './bulletin.ts';
import { type DispatchDecidedDeps, dispatchDecided, isPending } from './dispatch-decided.ts';
import type { Earthquake } from './earthquake.ts';
import type { Surroundings } from './earthquake-store.ts';
import type { ImminentSignal } from './imminent-signal.ts';
import type { Mainshock } from './mainshock.ts';

export interface ReceiveBulletinDeps extends DispatchDecidedDeps {
  policy: AlertPolicy;
  storeNow: StoreTime;
  /** The alert as far as policy lets it spend (see `limitSms`). */
  limitSpending(alert: Alert): Promise<Alert>;
  /** See `Circumstances`. */
  signals?(): readonly ImminentSignal[];
}

/**
 * What became of a bulletin; `shadow`: decided, but the regions it concerns are not live. `none` names the earthquake that
 * it was added to, unless it was not kept.
 */
export type Received =
  | { alert: Alert }
  | { shadow: Alert }
  | { none: NoAlertReason; earthquakeId: string }
  | { none: 'notKept' };

/** How often a revision is tried again when another function was first. */
const attempts = 8;
const dayMs = 86_400_000;

/**
 * Takes one bulletin: associates it, decides, writes bulletin and decision as the next revision, and dispatches. May be
 * repeated with the same bulletin at any time, here or in another function: the alert that a revision holds is
 * dispatched until it is marked as such, so that a crash between the two is made good by whoever reads it next.
 * @throws when another was first at each attempt, or a store or the dispatch failed: take the bulletin again later.
 */
export async function receiveBulletin(bulletin: Bulletin, deps: ReceiveBulletinDeps): Promise<Received> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const [surroundings, mainshocks] = await Promise.all([lookAround(bulletin, deps), listMainshocks(bulletin, deps)]);
    const known = associate(bulletin, surroundings.earthquakes);
    if (!known && isNotKept(bulletin, deps.policy)) return { none: 'notKept' };
    const added = addBulletin(known, bulletin, (one) => trustIn(one, deps.policy));
    const current = added ?? known;
    if (!current) return { none: 'notKept' };
    const { next, decision } = await decide(current, known, mainshocks, deps);
    const isWritten =
      next === known ||
      (known ? await deps.earthquakes.saveRevision(next) : await deps.earthquakes.create(next, surroundings));
    if (isWritten) return act(next, decision, deps);
  }
  throw new Error(`bulletin not written: another function was first at each of ${attempts} attempts`);
}

const lookAround = ({ hypocentre, ids }: Bulletin, { earthquakes }: ReceiveBulletinDeps): Promise<Surroundings> =>
  earthquakes.lookAround(hypocentre.originTimeMs, ids);

async function listMainshocks(bulletin: Bulletin, deps: ReceiveBulletinDeps): Promise<Mainshock[]> {
  const { earthquakes, policy, storeNow } = deps;
  if (bulletin.magnitude < policy.minimumKeptMagnitude) return [];
  return earthquakes.listMainshocks(storeNow() - longestDampingDays(policy) * dayMs);
}

const isNotKept = ({ magnitude, status }: Bulletin, policy: AlertPolicy): boolean =>
  magnitude < policy.minimumKeptMagnitude || status === 'deleted';

/** The earthquake with what is decided on it: a revision of its own also where the bulletin said nothing new. */
async function decide(
  current: Earthquake,
  known: Earthquake | undefined,
  mainshocks: readonly Mainshock[],
  deps: ReceiveBulletinDeps,
): Promise<{ next: Earthquake; decision: AlertDecision }> {
  const signals = deps.signals?.() ?? [];
  const decision = decideAlert(current, deps.policy, { nowMs: deps.storeNow(), mainshocks, signals });
  if ('none' in decision)
    return { next: current === known ? known : asAftershock(current, decision.mainshockId), decision };
  const alert = await deps.limitSpending(decision.alert);
  const revision = (known?.revision ?? 0) + 1;
  const decided = { lastAlert: alert, lastAlertSeq: alert.seq, shadow: decision.mode === 'shadow' };
  return { next: { ...current, revision, ...decided }, decision: { ...decision, alert } };
}

/** Of which mainshock, as decided last. */
function asAftershock({ mainshockId: _, ...earthquake }: Earthquake, mainshockId: string | undefined): Earthquake {
  return { ...earthquake, ...(mainshockId !== undefined && { mainshockId }) };
}

async function act(earthquake: Earthquake, decision: AlertDecision, deps: ReceiveBulletinDeps): Promise<Received> {
  const { lastAlert } = earthquake;
  if (lastAlert && isPending(earthquake)) {
    await dispatchDecided(lastAlert, earthquake, deps);
    return { alert: lastAlert };
  }
  if ('none' in decision) {
    deps.logger.info(
      { earthquakeId: earthquake.id, revision: earthquake.revision, why: decision.none },
      'nobody is told',
    );
    return { none: decision.none, earthquakeId: earthquake.id };
  }
  const { earthquakeId, seq, kind, type } = decision.alert;
  deps.logger.info({ earthquakeId, seq, kind, type }, 'alert decided in shadow mode, nobody is told');
  return { shadow: decision.alert };
}
