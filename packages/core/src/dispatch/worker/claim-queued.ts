import type { PageRecord } from '../ledger.ts';
import { type Claim, type HeldPage, reclaim } from './claim-page.ts';
import { readPageRows, rowsOfQueued } from './page-rows.ts';
import type { RunView } from './run-view.ts';
import type { Worker } from './worker.ts';

/** The first of the run's queued pages that is free, claimed. */
export async function claimNextQueued(worker: Worker, view: RunView): Promise<HeldPage | undefined> {
  const waiting = view.queued().filter(({ state }) => state === 'queued' || state === 'handedBack');
  // Each slot begins at another one, so that workers do not all try the same.
  const from = worker.slot.index % Math.max(1, waiting.length);
  for (const seen of [...waiting.slice(from), ...waiting.slice(0, from)]) {
    const claim = await claimQueued(worker, view, seen);
    view.queuedGone(seen.key);
    if (typeof claim !== 'string') return claim;
  }
  return undefined;
}

/**
 * Claims a queued page. A later alert ends the queued pages that it finds; one that was put after it had passed is ended
 * here: the alert item stood before that, so whoever reads it after the page sees it.
 */
export async function claimQueued(worker: Worker, view: RunView, seen: PageRecord): Promise<Claim> {
  const { runs, ledger } = worker.ports;
  const { earthquakeId, seq, channel } = seen.key;
  if (await runs.readAlert(earthquakeId, seq + 1)) {
    await ledger.sealHandedBack(seen);
    return 'over';
  }
  const source = rowsOfQueued(seen);
  return reclaim(worker, view, undefined, seen, source, await readPageRows(worker.ports, channel, source));
}
