import type { Alert } from '../alert/alert.ts';
import type { AlertPolicy } from '../alert/alert-policy.ts';
import { type AlertDecision, decideAlert, type NoAlertReason } from '../alert/decide-alert.ts';
import type { StoreTime } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import { addBulletin } from './add-bulletin.ts';
import { associate } from './associate.ts';
import type { Bulletin } from './bulletin.ts';
import type { Earthquake, EarthquakeStore } from './earthquake.ts';

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
  /** Opens the alert's runs on the earthquake's pinned maps and publishes its wake-ups; harmless when repeated. */
  dispatch(alert: Alert, earthquake: Earthquake): Promise<readonly DispatchedChannel[]>;
  logger: Logger;
}

/** What became of a bulletin. */
export type Received = { alert: Alert } | { none: NoAlertReason | 'notKept' | 'contended' };

/** How often a revision is tried again when another function was first. */
const attempts = 5;

/**
 * Takes one bulletin: associates it, writes the next revision and tells people if the policy says so. May be repeated
 * with the same bulletin at any time, here or in another function, and completes what a crash left behind: only after
 * the dispatch is the earthquake marked as alerted.
 */
export async function receiveBulletin(bulletin: Bulletin, deps: ReceiveBulletinDeps): Promise<Received> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const known = associate(bulletin, await findCandidates(bulletin, deps.earthquakes));
    if (!known && bulletin.magnitude < deps.policy.minimumKeptMagnitude) return { none: 'notKept' };
    const added = addBulletin(known, bulletin);
    const current = added ?? known;
    if (!current) return { none: 'notKept' };
    if (added && !(await deps.earthquakes.saveRevision(added))) continue;
    return act(decideAlert(current, deps.policy, deps.storeNow()), current, deps);
  }
  deps.logger.warn(
    { source: bulletin.source, bulletin: bulletin.id },
    'revision given up: another was first each time',
  );
  return { none: 'contended' };
}

const findCandidates = (bulletin: Bulletin, earthquakes: EarthquakeStore): Promise<Earthquake[]> =>
  earthquakes.findCandidates(bulletin.hypocentre.originTimeMs, bulletin.ids);

async function act(decision: AlertDecision, earthquake: Earthquake, deps: ReceiveBulletinDeps): Promise<Received> {
  if ('none' in decision) return decision;
  const { alert } = decision;
  const channels = await deps.dispatch(alert, earthquake);
  const acknowledgedAtMs = Object.fromEntries(channels.map((entry) => [entry.channel, entry.acknowledgedAtMs]));
  const wakeUps = Object.fromEntries(channels.map((entry) => [entry.channel, entry.wakeUps]));
  const walked = channels.flatMap(({ channel, mapVersion }) =>
    mapVersion === undefined ? [] : [[channel, mapVersion]],
  );
  const { earthquakeId, seq, receivedAtMs } = alert;
  deps.logger.info({ earthquakeId, seq, receivedAtMs, acknowledgedAtMs, wakeUps }, 'alert dispatched');
  const lastDispatch = { seq, receivedAtMs, acknowledgedAtMs };
  await markAlerted(earthquake, { lastDispatch, pinnedMaps: Object.fromEntries(walked) }, deps);
  return { alert };
}

/**
 * Pins the maps that the alert's runs walk for all later ones, and notes that people were told: later bulletins find the
 * mark. Without it the next one dispatches again, harmlessly.
 */
async function markAlerted(
  earthquake: Earthquake,
  { lastDispatch, pinnedMaps }: Required<Pick<Earthquake, 'lastDispatch' | 'pinnedMaps'>>,
  deps: ReceiveBulletinDeps,
): Promise<void> {
  const lastAlertSeq = lastDispatch.seq;
  let current = earthquake;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (current.lastAlertSeq >= lastAlertSeq) return;
    const marked = { ...current, revision: current.revision + 1, lastAlertSeq, lastDispatch, pinnedMaps };
    if (await deps.earthquakes.saveRevision(marked)) return;
    const candidates = await findCandidates(current.preferred, deps.earthquakes);
    current = candidates.find(({ id }) => id === earthquake.id) ?? current;
  }
  deps.logger.warn({ earthquakeId: earthquake.id }, 'alerted, but not marked so: another was first each time');
}
