import type { PageRecord } from '../ledger.ts';
import { takenAsUnknown } from '../page-entries.ts';
import { pageName } from '../page-name.ts';
import { countPage, isFinalPage, sumCounts } from '../run-counts.ts';
import { isExpired, mayResendUnknown } from '../urgency.ts';
import { claimPage, type HeldPage, takeForResend } from './claim-page.ts';
import { claimQueued } from './claim-queued.ts';
import type { RunView } from './run-view.ts';
import { holderVersion } from './take-if-silent.ts';
import type { Worker } from './worker.ts';

const boardAgeMs = 1_000;

/**
 * Looks at every segment that is not known to be final, after its pages were all taken: claims what was handed back,
 * takes over what a silent holder left, and marks what is final.
 * @returns the first page to be sent, if there is one.
 */
export async function observeRun(worker: Worker, view: RunView): Promise<HeldPage | undefined> {
  for (const rank of view.undone()) {
    // Looking at many segments takes long: others mark them done meanwhile.
    await view.refreshBoard(boardAgeMs);
    if (view.isDone(rank)) continue;
    const items = await worker.ports.ledger.readSegment(view.key, view.segment(rank).id);
    const pages = view.nearestPages(rank);
    const byPage = new Map(items.map((item) => [item.key.page, item]));
    const records = pages.flatMap((page) => byPage.get(page) ?? []);
    if (records.length === pages.length && records.every(isFinalPage)) {
      await view.markDone(rank, sumCounts(records.map(countPage)));
      continue;
    }
    for (const page of pages) {
      const held = await observePage(worker, view, rank, page, byPage.get(page));
      if (held) return held;
    }
  }
  for (const seen of view.queued()) {
    const held = await observeQueued(worker, view, seen);
    if (held) return held;
  }
  return undefined;
}

async function observeQueued(worker: Worker, view: RunView, seen: PageRecord): Promise<HeldPage | undefined> {
  if (seen.state === 'inFlight') return takeIfSilent(worker, view, undefined, seen);
  const claim = await claimQueued(worker, view, seen);
  view.queuedGone(seen.key);
  return typeof claim === 'string' ? undefined : claim;
}

async function observePage(
  worker: Worker,
  view: RunView,
  rank: number,
  page: number,
  seen: PageRecord | undefined,
): Promise<HeldPage | undefined> {
  if (!seen || seen.state === 'handedBack') {
    const claim = await claimPage(worker, view, rank, page, seen);
    return typeof claim === 'string' ? undefined : claim;
  }
  return seen.state === 'inFlight' ? takeIfSilent(worker, view, rank, seen) : undefined;
}

async function takeIfSilent(
  worker: Worker,
  view: RunView,
  rank: number | undefined,
  seen: PageRecord,
): Promise<HeldPage | undefined> {
  const silentMs = worker.watch.unchangedMs(pageName(seen.key), holderVersion(seen));
  return silentMs < view.run.durations.takeMs ? undefined : takeOver(worker, view, rank, seen);
}

/** A silent holder's page: sent once more where the policy asks for it and it is still useful, else unknown for good. */
async function takeOver(
  worker: Worker,
  view: RunView,
  rank: number | undefined,
  seen: PageRecord,
): Promise<HeldPage | undefined> {
  const { ledger, storeTime, log } = worker.ports;
  const isUseful = !isExpired(view.run, storeTime()) && !worker.openRuns.isSuperseded(view.key);
  const resend = mayResendUnknown(view.alert) && !seen.resent && isUseful;
  log.warn({ ...seen.key, resend }, 'page taken over from a silent holder');
  if (resend) {
    const claim = await takeForResend(worker, view, rank, seen);
    return typeof claim === 'string' ? undefined : claim;
  }
  const taken = await ledger.takeAsUnknown(seen, worker.nextOwner());
  if (!taken.applied) return undefined;
  // Shown is only what the silent holder had recorded: it may yet come back and tell the truth about the rest.
  worker.progress.add(view.key, countPage(seen));
  if (rank === undefined) view.queuedGone(seen.key);
  else
    await view.pageFinal(
      rank,
      seen.key.page,
      countPage({ ...seen, state: 'settled', entries: takenAsUnknown(seen.entries) }),
    );
  return undefined;
}
