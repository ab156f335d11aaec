import { longestDampingDays } from '../alert/aftershock.ts';
import type { Alert } from '../alert/alert.ts';
import { type AlertPolicy, trustIn } from '../alert/alert-policy.ts';
import { type AlertDecision, decideAlert, type NoAlertReason } from '../alert/decide-alert.ts';
import type { StoreTime } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import { addBulletin } from './add-bulletin.ts';
import { associate } from './associate.ts';
import type { Bulletin } from './bulletin.ts';
import type { Earthquake } from './earthquake.ts';
import type { EarthquakeStore, Surroundings } from './earthquake-store.ts';
import type { Mainshock } from './mainshock.ts';

/** What publishing an alert on one channel gave. */
export interface DispatchedChannel {
  channel: string;
  /** Segment map that the channel's run walks; undefined where none was ever published. */
  mapVersion: number | undefined;
  wakeUps: number;
  /** When Kafka had acknowledged the channel's last wake-up, milliseconds since the epoch. */
  acknowledgedAtMs: number;
}

export interface ReceiveBulletinDeps {
  earthquakes: EarthquakeStore;
  policy: AlertPolicy;
  storeNow: StoreTime;
  /** The alert as far as policy lets it spend (see `limitSms`). */
  limitSpending(alert: Alert): Promise<Alert>;
  /** Opens the alert's runs on the earthquake's pinned maps and publishes its wake-ups; harmless when repeated. */
  dispatch(alert: Alert, earthquake: Earthquake): Promise<readonly DispatchedChannel[]>;
  logger: Logger;
}

/** What became of a bulletin; `shadow`: decided, but the regions it concerns are not live. */
export type Received = { alert: Alert } | { shadow: Alert } | { none: NoAlertReason | 'notKept' };

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
  const decision = decideAlert(current, deps.policy, { nowMs: deps.storeNow(), mainshocks });
  if ('none' in decision) return { next: current, decision };
  const alert = await deps.limitSpending(decision.alert);
  const revision = (known?.revision ?? 0) + 1;
  const decided = { lastAlert: alert, lastAlertSeq: alert.seq, shadow: decision.mode === 'shadow' };
  return { next: { ...current, revision, ...decided }, decision: { ...decision, alert } };
}

async function act(earthquake: Earthquake, decision: AlertDecision, deps: ReceiveBulletinDeps): Promise<Received> {
  const { lastAlert } = earthquake;
  if (lastAlert && isPending(earthquake)) {
    await dispatchAndMark(lastAlert, earthquake, deps);
    return { alert: lastAlert };
  }
  if ('none' in decision) {
    deps.logger.info(
      { earthquakeId: earthquake.id, revision: earthquake.revision, why: decision.none },
      'nobody is told',
    );
    return decision;
  }
  const { earthquakeId, seq, kind, type } = decision.alert;
  deps.logger.info({ earthquakeId, seq, kind, type }, 'alert decided in shadow mode, nobody is told');
  return { shadow: decision.alert };
}

/** Decided and not known to be dispatched. */
const isPending = ({ lastAlertSeq, lastDispatch, shadow }: Earthquake): boolean =>
  !shadow && lastAlertSeq > (lastDispatch?.seq ?? 0);

async function dispatchAndMark(alert: Alert, earthquake: Earthquake, deps: ReceiveBulletinDeps): Promise<void> {
  const channels = await deps.dispatch(alert, earthquake);
  const acknowledgedAtMs = Object.fromEntries(channels.map((entry) => [entry.channel, entry.acknowledgedAtMs]));
  const wakeUps = Object.fromEntries(channels.map((entry) => [entry.channel, entry.wakeUps]));
  const walked = channels.flatMap(({ channel, mapVersion }) =>
    mapVersion === undefined ? [] : [[channel, mapVersion]],
  );
  const { earthquakeId, seq, kind, receivedAtMs } = alert;
  deps.logger.info({ earthquakeId, seq, kind, receivedAtMs, acknowledgedAtMs, wakeUps }, 'alert dispatched');
  const lastDispatch = { seq, receivedAtMs, acknowledgedAtMs };
  await markDispatched(earthquake, { lastDispatch, pinnedMaps: Object.fromEntries(walked) }, deps);
}

/**
 * Notes that the alert is out, and pins the maps that its runs walk for all later ones. Without the mark the next
 * bulletin dispatches again, harmlessly.
 */
async function markDispatched(
  earthquake: Earthquake,
  mark: Required<Pick<Earthquake, 'lastDispatch' | 'pinnedMaps'>>,
  { earthquakes, logger }: ReceiveBulletinDeps,
): Promise<void> {
  let current = earthquake;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if ((current.lastDispatch?.seq ?? 0) >= mark.lastDispatch.seq) return;
    if (await earthquakes.saveRevision({ ...current, ...mark, revision: current.revision + 1 })) return;
    current = (await earthquakes.read(earthquake.id)) ?? current;
  }
  logger.warn({ earthquakeId: earthquake.id }, 'alert dispatched, but not marked so: another was first each time');
}
