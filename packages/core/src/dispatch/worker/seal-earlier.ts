import type { EndpointRow } from '../../endpoint-directory.ts';
import type { PageKey, PageRecord } from '../ledger.ts';
import { openingEntries } from '../opening-entries.ts';
import { sealedEntries, takenAsUnknown } from '../page-entries.ts';
import { countPage } from '../run-counts.ts';
import { durationsOf } from '../urgency.ts';
import type { Worker } from './worker.ts';

/** Everybody on the page who may have been told by an earlier alert; or `inFlight`: try this page again later. */
export type Earlier = { told: ReadonlySet<string> } | 'inFlight';

/**
 * Ends the same page of every earlier alert of the earthquake before this alert claims it, so that nothing more is sent
 * there: seals what nobody holds, takes over what a silent holder left, and waits for what is being sent.
 */
export async function sealEarlier(worker: Worker, key: PageKey, rows: readonly EndpointRow[]): Promise<Earlier> {
  const told = new Set<string>();
  for (let seq = 1; seq < key.seq; seq++) {
    const final = await endPage(worker, { ...key, seq }, rows);
    if (final === 'inFlight') return 'inFlight';
    for (const { endpointId, outcome } of final.entries) if (mayHaveBeenTold.has(outcome)) told.add(endpointId);
  }
  return { told };
}

const mayHaveBeenTold: ReadonlySet<string> = new Set(['accepted', 'delivered', 'unknown', 'handedToBackup']);

async function endPage(
  worker: Worker,
  key: PageKey,
  rows: readonly EndpointRow[],
): Promise<Pick<PageRecord, 'entries'> | 'inFlight'> {
  const { ledger } = worker.ports;
  const page = await ledger.read(key);
  if (!page) return sealFree(worker, key, rows);
  if (page.state === 'settled' || page.state === 'void') return page;
  if (page.state === 'inFlight') return takeIfSilent(worker, page);
  const sealed = await ledger.sealHandedBack(page);
  if (!sealed.applied) return 'inFlight';
  // Not shown as this worker's progress: two that seal at the same time cannot tell which of them did.
  return { entries: sealedEntries(page.entries) };
}

async function sealFree(
  worker: Worker,
  key: PageKey,
  rows: readonly EndpointRow[],
): Promise<Pick<PageRecord, 'entries'> | 'inFlight'> {
  const { ledger, concerns } = worker.ports;
  const alert = await worker.readAlert(key.earthquakeId, key.seq);
  // An alert that was never dispatched on this channel has no run whose page could be claimed.
  if (!alert) return { entries: [] };
  const { notConcerned } = countPage({ key, state: 'settled', entries: openingEntries(rows, alert, { concerns }) });
  const sealed = await ledger.seal(key, rows.length, notConcerned);
  return sealed.applied ? { entries: [] } : 'inFlight';
}

async function takeIfSilent(worker: Worker, page: PageRecord): Promise<Pick<PageRecord, 'entries'> | 'inFlight'> {
  const { ledger, runs } = worker.ports;
  const silentMs = worker.watch.unchangedMs(pageName(page.key), holderVersion(page));
  const run = await runs.read(page.key);
  if (silentMs < (run?.durations ?? durationsOf({ type: 'notification' })).takeMs) return 'inFlight';
  const taken = await ledger.takeAsUnknown(page, worker.nextOwner());
  if (!taken.applied) return 'inFlight';
  // Shown is only what the silent holder had recorded: it may yet come back and tell the truth about the rest.
  worker.progress.add(page.key, countPage(page));
  return { entries: takenAsUnknown(page.entries) };
}

/** Names a page item among those that a worker watches. */
export const pageName = ({ segmentId, page, seq, earthquakeId }: PageKey): string =>
  `${earthquakeId}#${seq}#${segmentId}#${page}`;

/** Changes with every sign of life of a page's holder. */
export const holderVersion = ({ epoch, beat, owner }: PageRecord): string => `${epoch}/${beat}/${owner}`;
