import type { Entry } from '../ledger.ts';
import { backupRunOf } from '../queued/backup-channel.ts';
import { isExpired } from '../urgency.ts';
import type { HeldPage } from './claim-page.ts';
import type { Worker } from './worker.ts';

/**
 * What becomes of whom a holder's last attempt failed, decided once and for good when the page is settled: they are handed
 * to their backup endpoints, where they have one and the alert is of use there, or stay exhausted.
 */
export async function withBackups(
  worker: Worker,
  held: HeldPage,
  attempts: readonly number[],
  entries: readonly Entry[],
): Promise<readonly Entry[]> {
  const backupOf = (entry: Entry, slot: number) => {
    const row = attempts[slot] && entry.outcome === 'exhausted' ? held.rows.byId.get(entry.endpointId) : undefined;
    return row && 'endpoint' in row ? row.endpoint.backup : undefined;
  };
  if (!entries.some(backupOf) || !(await isBackupUseful(worker, held))) return entries;
  return entries.map((entry, slot) => {
    const handedTo = backupOf(entry, slot);
    return handedTo ? { ...entry, outcome: 'handedToBackup', handedTo } : entry;
  });
}

async function isBackupUseful({ ports, openRuns }: Worker, { view }: HeldPage): Promise<boolean> {
  const backup = backupRunOf(view.key);
  if (!backup || openRuns.isSuperseded(view.key)) return false;
  const run = await ports.runs.read(backup).catch(() => undefined);
  return run !== undefined && !isExpired(run, ports.storeTime());
}
