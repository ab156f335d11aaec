import type { RowKey } from '../../endpoint.ts';
import type { Ledger, PageRecord } from '../ledger.ts';
import type { RunStore } from '../run.ts';
import { isIn, type QueueKey, rowsToQueue } from './rows-to-queue.ts';

export interface QueuePorts {
  runs: Pick<RunStore, 'reopen'>;
  ledger: Pick<Ledger, 'readQueued' | 'queue'>;
}

/**
 * Queues whoever was handed over and is not queued yet, then opens the run's next generation, so that workers look there.
 * Harmless to repeat, and beside others that do the same: a batch is put at a place that was free, by who saw all before it.
 * @param handed rows that were handed over from outside the queue.
 * @param outcome `superseded` where a later alert has taken the place of this one.
 * @returns every batch of the queue.
 */
export async function queueRows(
  key: QueueKey,
  handed: readonly RowKey[],
  outcome: 'notTried' | 'superseded',
  { runs, ledger }: QueuePorts,
): Promise<PageRecord[]> {
  const { queue, ...place } = key;
  let isOpened = false;
  for (;;) {
    const batches = (await ledger.readQueued(key)).filter((page) => isIn(key, page));
    const rows = rowsToQueue(handed, batches);
    if (rows.length === 0) {
      // Whoever put a page that nobody has claimed yet may have died before it opened the run.
      if (!isOpened && batches.some(({ state }) => state === 'queued')) await runs.reopen(key);
      return batches;
    }
    const { applied } = await ledger.queue({ ...place, queued: { queue, batch: batches.length } }, rows, outcome);
    if (!applied) continue;
    // After the page: a run that was closed before it is opened again, and one that is being closed meanwhile is not.
    await runs.reopen(key);
    isOpened = true;
  }
}
