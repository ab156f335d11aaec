import type { Alert } from '../alert/alert.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Earthquake } from './earthquake.ts';
import type { EarthquakeStore } from './earthquake-store.ts';

/** What publishing an alert on one channel gave. */
export interface DispatchedChannel {
  channel: string;
  /** Segment map that the channel's run walks; undefined where none was ever published. */
  mapVersion: number | undefined;
  wakeUps: number;
  /** When Kafka had acknowledged the channel's last wake-up, milliseconds since the epoch. */
  acknowledgedAtMs: number;
}

export interface DispatchDecidedDeps {
  earthquakes: EarthquakeStore;
  /** Opens the alert's runs on the earthquake's pinned maps and publishes its wake-ups; harmless when repeated. */
  dispatch(alert: Alert, earthquake: Earthquake): Promise<readonly DispatchedChannel[]>;
  logger: Logger;
}

/** How often the mark is tried again when another function was first. */
const attempts = 8;

/** Decided and not known to be dispatched. */
export const isPending = ({ lastAlertSeq, lastDispatch, shadow }: Earthquake): boolean =>
  !shadow && lastAlertSeq > (lastDispatch?.seq ?? 0);

/** Dispatches the alert that a revision holds, and marks it so. Harmless to repeat. */
export async function dispatchDecided(alert: Alert, earthquake: Earthquake, deps: DispatchDecidedDeps): Promise<void> {
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
  { earthquakes, logger }: DispatchDecidedDeps,
): Promise<void> {
  let current = earthquake;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if ((current.lastDispatch?.seq ?? 0) >= mark.lastDispatch.seq) return;
    if (await earthquakes.saveRevision({ ...current, ...mark, revision: current.revision + 1 })) return;
    current = (await earthquakes.read(earthquake.id)) ?? current;
  }
  logger.warn({ earthquakeId: earthquake.id }, 'alert dispatched, but not marked so: another was first each time');
}
