import type { Entry, PageKey } from '../ledger.ts';
import { backupRunOf } from '../queued/backup-channel.ts';
import { queueRows } from '../queued/queue-rows.ts';
import { handedRows } from '../queued/rows-to-queue.ts';
import type { Worker } from './worker.ts';

/** Queues a settled page's backups. What fails here is done by the supervisor, which knows from the page what is missing. */
export async function queueBackups({ ports }: Worker, key: PageKey, entries: readonly Entry[]): Promise<void> {
  const handed = handedRows({ entries }, 'backup');
  const backup = backupRunOf(key);
  if (!backup || handed.length === 0) return;
  const { segmentId, page } = key;
  try {
    await queueRows({ ...backup, segmentId, page, queue: 'backup' }, handed, 'notTried', ports);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    ports.log.warn({ ...key, endpoints: handed.length, reason }, 'backups not queued: left to the supervisor');
  }
}
