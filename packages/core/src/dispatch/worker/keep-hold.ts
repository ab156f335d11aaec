import { createHold } from '../lease-time.ts';
import type { Written } from '../ledger.ts';
import { isExpired, startBoundMs } from '../urgency.ts';
import type { HeldPage } from './claim-page.ts';
import { freshMs, oldestMs, readPageRows } from './page-rows.ts';
import type { Worker } from './worker.ts';

/** Why sending on a page ends early. */
export type StopReason =
  | 'holdLost'
  | 'slotLost'
  | 'timeIsUp'
  | 'failed'
  | 'superseded'
  | 'expired'
  | 'outranked'
  /** The provider asked for a pause, or seems to be down. */
  | 'accountClosed';

/** A renewal is begun this long before the last instant at which a send may start. */
const beatMarginMs = 1_000;

/**
 * Renews what a send needs when it nears its end, the hold of the page and the reading of its rows; false when the page is
 * another's by now, or that cannot be known.
 */
export async function keepHold(worker: Worker, held: HeldPage): Promise<boolean> {
  const { ports } = worker;
  const beatAfterMs = startBoundMs(held.view.run.durations) - beatMarginMs;
  if (held.hold.elapsedMs() >= beatAfterMs && !(await renewHold(worker, held, () => ports.ledger.beat(held.holding))))
    return false;
  if (held.rows.age.elapsedMs() < freshMs) return true;
  try {
    held.rows = await readPageRows(ports, held.view.key.channel, held.source);
    return true;
  } catch (error) {
    worker.fail(error);
    return false;
  }
}

/** @param write a sign of life that is refused once the page is another's. @returns whether the page is still this worker's. */
export async function renewHold(worker: Worker, held: HeldPage, write: () => Promise<Written>): Promise<boolean> {
  const issued = createHold(worker.ports.clock);
  try {
    const { applied } = await write();
    if (applied) held.hold = issued;
    return applied;
  } catch (error) {
    worker.fail(error);
    return false;
  }
}

/** Why no send may start at this very instant; undefined while one may. */
export function mayNotStart(worker: Worker, { hold, rows, view }: HeldPage): StopReason | undefined {
  if (hold.elapsedMs() >= startBoundMs(view.run.durations)) return 'holdLost';
  if (rows.age.elapsedMs() >= oldestMs) return 'holdLost';
  if (worker.openRuns.isSuperseded(view.key)) return 'superseded';
  if (isExpired(view.run, worker.ports.storeTime())) return 'expired';
  return worker.stopped() ?? (worker.account.isOpen() ? undefined : 'accountClosed');
}
