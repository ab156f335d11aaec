import type { RowKey } from '../../endpoint.ts';
import type { PageRecord } from '../ledger.ts';
import { queueRows } from '../queued/queue-rows.ts';
import type { QueueKey } from '../queued/rows-to-queue.ts';
import { takeIfSilent } from './take-if-silent.ts';
import type { Worker } from './worker.ts';

/**
 * Ends the queued pages of an earlier alert's page. Whoever is not queued yet is queued as superseded, so that nobody can
 * queue them any more. `inFlight`: some are still being sent.
 * @param handed rows that were handed over from outside the queue.
 */
export async function sealQueued(
  worker: Worker,
  key: QueueKey,
  handed: readonly RowKey[],
): Promise<PageRecord[] | 'inFlight'> {
  const { ledger } = worker.ports;
  const batches = await queueRows(key, handed, 'superseded', worker.ports);
  let isEnded = true;
  for (const page of batches) {
    if (page.state === 'queued' || page.state === 'handedBack') await ledger.sealHandedBack(page);
    if (page.state === 'inFlight') await takeIfSilent(worker, page);
    // What was ended here is read again the next time: its entries are no longer those that were seen.
    if (page.state !== 'settled') isEnded = false;
  }
  return isEnded ? batches : 'inFlight';
}
