import type { RowKey } from '../../endpoint.ts';
import type { EndpointRow } from '../../endpoint-directory.ts';
import type { Entry, PageKey, PageRecord } from '../ledger.ts';
import { openingEntries, type Told } from '../opening-entries.ts';
import { sealedEntries } from '../page-entries.ts';
import { backupRunOf } from '../queued/backup-channel.ts';
import { handedRows } from '../queued/rows-to-queue.ts';
import { countPage } from '../run-counts.ts';
import { sealQueued } from './seal-queued.ts';
import { takeIfSilent } from './take-if-silent.ts';
import { mayHaveBeenTold } from './told-before.ts';
import type { Worker } from './worker.ts';

/**
 * Ends the same page of every earlier alert of the earthquake before this alert claims it, so that nothing more is sent
 * there, nor to whom it handed over: seals what nobody holds, takes over what a silent holder left, and waits for what is
 * being sent.
 * @returns whom they may have told, or `inFlight`: try this page again later.
 */
export async function sealEarlier(
  worker: Worker,
  key: PageKey,
  rows: readonly EndpointRow[],
): Promise<Told | 'inFlight'> {
  const here = new Set<string>();
  const byBackup = new Map<string, RowKey>();
  for (let seq = 1; seq < key.seq; seq++) {
    const entries = await endEarlier(worker, { ...key, seq }, rows);
    if (entries === 'inFlight') return 'inFlight';
    const backups = await endBackups(worker, { ...key, seq }, entries);
    if (backups === 'inFlight') return 'inFlight';
    for (const entry of entries) {
      const { endpointId, handedTo } = entry;
      if (mayHaveBeenTold(entry)) here.add(endpointId);
      if (handedTo && backups.has(handedTo.endpointId)) byBackup.set(endpointId, handedTo);
    }
  }
  return { here, byBackup };
}

/** Ends a page and its replays. @returns the entries of all of them. */
async function endEarlier(
  worker: Worker,
  key: PageKey,
  rows: readonly EndpointRow[],
): Promise<readonly Entry[] | 'inFlight'> {
  const final = await endPage(worker, key, rows);
  if (final === 'inFlight') return 'inFlight';
  const replayed = handedRows(final, 'replay');
  if (replayed.length === 0) return final.entries;
  const batches = await sealQueued(worker, { ...key, queue: 'replay' }, replayed);
  return batches === 'inFlight' ? 'inFlight' : [...final.entries, ...batches.flatMap(({ entries }) => entries)];
}

/** Ends the pages of a page's backups. @returns the ids of those who may have been told there. */
async function endBackups(
  worker: Worker,
  key: PageKey,
  entries: readonly Entry[],
): Promise<ReadonlySet<string> | 'inFlight'> {
  const handed = handedRows({ entries }, 'backup');
  const backup = backupRunOf(key);
  if (!backup || handed.length === 0) return new Set();
  const batches = await sealQueued(worker, { ...key, ...backup, queue: 'backup' }, handed);
  if (batches === 'inFlight') return 'inFlight';
  return new Set(batches.flatMap((page) => page.entries.filter(mayHaveBeenTold).map(({ endpointId }) => endpointId)));
}

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
