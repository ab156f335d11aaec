import type { RowKey } from '../../endpoint.ts';
import type { StoreTime } from '../../runtime/clock.ts';
import type { Entry, Ledger, PageKey, PageRecord } from '../ledger.ts';
import { pageName } from '../page-name.ts';
import { backupRunOf } from '../queued/backup-channel.ts';
import { queueRows } from '../queued/queue-rows.ts';
import { type RowsPorts, readRowsOf } from '../queued/rows-of-page.ts';
import { handedRows } from '../queued/rows-to-queue.ts';
import type { RunStore } from '../run.ts';
import { isExpired } from '../urgency.ts';
import { type Receipt, receivedEntry } from './receipt.ts';

export interface ReceiptPorts extends RowsPorts {
  runs: Pick<RunStore, 'read' | 'readAlert' | 'reopen'>;
  ledger: Pick<Ledger, 'read' | 'amend' | 'readQueued' | 'queue'>;
  storeTime: StoreTime;
}

/**
 * Records what providers say of messages, one write a page and batch. Harmless to repeat. Whoever turns out not to have been
 * reached is handed to their backup while the alert is of use there.
 * @returns receipts of pages that are not settled yet: to be recorded later.
 */
export async function recordReceipts(receipts: readonly Receipt[], ports: ReceiptPorts): Promise<Receipt[]> {
  const byPage = new Map<string, Receipt[]>();
  for (const receipt of receipts) {
    const name = pageName(receipt.page);
    byPage.set(name, [...(byPage.get(name) ?? []), receipt]);
  }
  const early: Receipt[] = [];
  for (const ofPage of byPage.values()) {
    const [first] = ofPage;
    if (first && !(await recordOnPage(first.page, ofPage, ports))) early.push(...ofPage);
  }
  return early;
}

/** False while the page is not settled. */
async function recordOnPage(key: PageKey, receipts: readonly Receipt[], ports: ReceiptPorts): Promise<boolean> {
  for (;;) {
    const page = await ports.ledger.read(key);
    if (page?.state !== 'settled') return false;
    const entries = await received(page, receipts, ports);
    const isChanged = entries.some((entry, slot) => entry !== page.entries[slot]);
    if (isChanged && !(await ports.ledger.amend(page, entries)).applied) continue;
    await queueHandedOver(key, entries, ports);
    return true;
  }
}

/** The page's entries with the receipts; opens its run again first where that hands somebody over. */
async function received(
  page: PageRecord,
  receipts: readonly Receipt[],
  ports: ReceiptPorts,
): Promise<readonly Entry[]> {
  const backups = await usefulBackups(page, receipts, ports);
  const handsOver = (entries: readonly Entry[]): boolean =>
    entries.some((entry, slot) => entry !== page.entries[slot] && entry.outcome === 'handedToBackup');
  const entries = withReceipts(page.entries, receipts, backups);
  if (!handsOver(entries)) return entries;
  // Should this process die after the change, the run's supervisor finds who is not queued yet.
  await ports.runs.reopen(page.key);
  // Read last: an alert that passed this page before the change stood before it, and its cancel goes to this channel.
  const isSuperseded = await ports.runs.readAlert(page.key.earthquakeId, page.key.seq + 1);
  return isSuperseded ? withReceipts(page.entries, receipts, new Map()) : entries;
}

function withReceipts(
  entries: readonly Entry[],
  receipts: readonly Receipt[],
  backups: ReadonlyMap<string, RowKey>,
): readonly Entry[] {
  const after = [...entries];
  for (const receipt of receipts) {
    const entry = after[receipt.slot];
    if (entry) after[receipt.slot] = receivedEntry(entry, receipt, backups.get(entry.endpointId));
  }
  return after;
}

/** Backup rows by endpoint id, where the alert is still of use on the backup channel. */
async function usefulBackups(
  page: PageRecord,
  receipts: readonly Receipt[],
  ports: ReceiptPorts,
): Promise<ReadonlyMap<string, RowKey>> {
  const backup = backupRunOf(page.key);
  if (!backup || !receipts.some(({ status }) => status === 'undelivered')) return new Map();
  const [run, there] = await Promise.all([ports.runs.read(page.key), ports.runs.read(backup)]);
  if (!run || !there || isExpired(there, ports.storeTime())) return new Map();
  const rows = await readRowsOf(page, run, ports);
  return new Map(
    [...rows].flatMap(([id, { row }]) => ('endpoint' in row && row.endpoint.backup ? [[id, row.endpoint.backup]] : [])),
  );
}

async function queueHandedOver(key: PageKey, entries: readonly Entry[], ports: ReceiptPorts): Promise<void> {
  const backup = backupRunOf(key);
  const handed = handedRows({ entries }, 'backup');
  if (!backup || handed.length === 0) return;
  const { segmentId, page } = key;
  await queueRows({ ...backup, segmentId, page, queue: 'backup' }, handed, 'notTried', ports);
}
