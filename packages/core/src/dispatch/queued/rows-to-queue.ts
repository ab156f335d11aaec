import type { RowKey } from '../../endpoint.ts';
import type { PageKey, PageRecord, QueuePlace } from '../ledger.ts';

/** The pages that one page's endpoints were handed to, in one queue. */
export interface QueueKey extends Omit<PageKey, 'queued'> {
  queue: QueuePlace['queue'];
}

export const isIn = (key: QueueKey, page: PageRecord): boolean =>
  page.key.queued?.queue === key.queue && page.key.segmentId === key.segmentId && page.key.page === key.page;

/** Rows that a page hands to a queue: to the backup channel's, or for a replay to its own channel's. */
export const handedRows = ({ entries }: Pick<PageRecord, 'entries'>, queue: QueuePlace['queue']): RowKey[] =>
  entries.flatMap(({ outcome, handedTo }) =>
    outcome === (queue === 'backup' ? 'handedToBackup' : 'replayed') && handedTo ? [handedTo] : [],
  );

/**
 * Whom a queue lacks: whoever was handed over and stands in no batch, and whoever was replayed from the last batch that
 * names them. So each hand-over leads to one place in the queue, whoever puts it there and however often that is tried.
 * @param handed rows that were handed over from outside the queue.
 * @param batches all of this queue, in order.
 */
export function rowsToQueue(handed: readonly RowKey[], batches: readonly PageRecord[]): RowKey[] {
  const missing = new Map(handed.map((row) => [row.endpointId, row]));
  for (const { entries, rows = [] } of batches) {
    for (const row of rows) missing.delete(row.endpointId);
    for (const { outcome, endpointId, handedTo } of entries)
      if (outcome === 'replayed' && handedTo) missing.set(endpointId, handedTo);
  }
  return [...missing.values()];
}
