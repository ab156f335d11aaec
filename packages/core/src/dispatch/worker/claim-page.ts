import { createHold, type Elapsed } from '../lease-time.ts';
import type { Entry, Holding, PageRecord } from '../ledger.ts';
import { openingEntries, standingOf } from '../opening-entries.ts';
import { expiredEntries, reclaimedEntries, resendEntries } from '../page-entries.ts';
import { countPage } from '../run-counts.ts';
import { isExpired } from '../urgency.ts';
import { type PageRows, type RowSource, readPageRows, rowsOfQueued } from './page-rows.ts';
import { queueBackups } from './queue-backups.ts';
import type { RunView } from './run-view.ts';
import { sealEarlier } from './seal-earlier.ts';
import { readToldBefore } from './told-before.ts';
import type { Worker } from './worker.ts';

/** A page that this worker may send now. */
export interface HeldPage {
  view: RunView;
  /** Of its segment; undefined on a queued page. */
  rank: number | undefined;
  page: number;
  holding: Holding;
  /** Since the claim or the last sign of life was issued. */
  hold: Elapsed;
  /** `open` = to be sent. */
  entries: readonly Entry[];
  source: RowSource;
  rows: PageRows;
  /** Ids of those whom an earlier alert may have told here. */
  toldBefore: ReadonlySet<string>;
  /** Whoever is open was of unknown fate before. */
  resend: boolean;
  /** Nothing was ever sent on it, so it may be given back as if it had never been claimed. */
  isFirstClaim: boolean;
}

/**
 * `over`: final, or another's; `nobody`: final by this very claim, with nobody to be told; `later`: an earlier alert is still
 * being sent there.
 */
export type Claim = HeldPage | 'over' | 'nobody' | 'later';

/**
 * Reads a page's rows, judges them and claims the page, all within the second that rows may be old. A page on which
 * nobody is to be told is written at once as settled.
 * @param seen the page item where it is known to have been handed back.
 */
export async function claimPage(
  worker: Worker,
  view: RunView,
  rank: number,
  page: number,
  seen?: PageRecord,
): Promise<Claim> {
  const { ledger, concerns, storeTime, clock } = worker.ports;
  const key = view.pageKey(rank, page);
  const source = { range: view.page(rank, page).range };
  const rows = await readPageRows(worker.ports, key.channel, source);
  if (seen) return reclaim(worker, view, rank, seen, source, rows);

  const earlier = await sealEarlier(worker, key, rows.all);
  if (earlier === 'inFlight') return 'later';
  // A new alert after a cancel begins anew.
  const told = view.alert.kind === 'alert' ? undefined : earlier;
  const opening = openingEntries(rows.all, view.alert, { concerns, told });
  const entries = isExpired(view.run, storeTime()) ? expiredEntries(opening) : opening;
  const owner = worker.nextOwner();
  const hold = createHold(clock);
  const isAnyoneOpen = entries.some(({ outcome }) => outcome === 'open');
  const written = isAnyoneOpen
    ? await ledger.claim(key, owner, entries)
    : await ledger.settleUnsent(key, owner, entries);
  if (!written.applied) {
    return written.found?.state === 'handedBack' ? reclaim(worker, view, rank, written.found, source, rows) : 'over';
  }
  if (!isAnyoneOpen) {
    const counts = countPage({ key, state: 'settled', entries });
    worker.progress.add(view.key, counts);
    await view.pageFinal(rank, page, counts);
    await queueBackups(worker, key, entries);
    return 'nobody';
  }
  return {
    ...{ view, rank, page, holding: { key, epoch: 1, owner }, hold, entries, source, rows },
    ...{ isFirstClaim: true, resend: false, toldBefore: earlier.here },
  };
}

/** Claims a page that was handed back or queued. */
export async function reclaim(
  worker: Worker,
  view: RunView,
  rank: number | undefined,
  seen: PageRecord,
  source: RowSource,
  rows: PageRows,
): Promise<Claim> {
  const { ledger, clock } = worker.ports;
  const toldBefore = await readToldBefore(ledger, seen.key);
  const entries = withoutTheGone(reclaimedEntries(seen.entries), rows, false);
  const owner = worker.nextOwner();
  const hold = createHold(clock);
  const written = await ledger.reclaim(seen.key, seen.epoch, owner, entries);
  if (!written.applied) return 'over';
  const holding = { key: seen.key, epoch: seen.epoch + 1, owner };
  return {
    ...{ view, rank, page: seen.key.page, holding, hold, entries, source, rows },
    ...{ isFirstClaim: false, resend: false, toldBefore },
  };
}

/** Takes over a silent holder's page in order to send once more to everybody whose fate it left unknown. */
export async function takeForResend(
  worker: Worker,
  view: RunView,
  rank: number | undefined,
  seen: PageRecord,
): Promise<Claim> {
  const { ledger, clock } = worker.ports;
  const source = rank === undefined ? rowsOfQueued(seen) : { range: view.page(rank, seen.key.page).range };
  const toldBefore = await readToldBefore(ledger, seen.key);
  const rows = await readPageRows(worker.ports, seen.key.channel, source);
  const hold = createHold(clock);
  const owner = worker.nextOwner();
  const written = await ledger.takeForResend(seen, owner);
  if (!written.applied) return 'over';
  const holding = { key: seen.key, epoch: seen.epoch + 1, owner };
  const entries = withoutTheGone(resendEntries(seen.entries), rows, true);
  return {
    ...{ view, rank, page: seen.key.page, holding, hold, entries, source, rows },
    ...{ isFirstClaim: false, resend: true, toldBefore },
  };
}

/** Whoever left or opted out since the page was first claimed is not told any more; after a re-send their fate is unknown. */
function withoutTheGone(entries: readonly Entry[], { byId }: PageRows, resend: boolean): Entry[] {
  return entries.map((entry) => {
    if (entry.outcome !== 'open') return entry;
    const standing = standingOf(byId.get(entry.endpointId));
    if ('endpoint' in standing) return entry;
    return resend ? { ...entry, outcome: 'unknown' } : { ...entry, ...standing };
  });
}
