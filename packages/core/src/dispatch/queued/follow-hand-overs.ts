import type { Ledger } from '../ledger.ts';
import type { RunStore } from '../run.ts';
import { isFinalPage } from '../run-counts.ts';
import { type HandOver, isIncomplete } from './hand-overs.ts';
import { openIfNot } from './open-if-not.ts';
import { queueRows } from './queue-rows.ts';

export interface FollowPorts {
  runs: Pick<RunStore, 'read' | 'reopen'>;
  ledger: Pick<Ledger, 'readQueued' | 'queue' | 'sealHandedBack'>;
}

/**
 * Does what whoever handed over did not come to: queues what is not queued, and opens the run that has it to do. Where a
 * later alert has taken this one's place, ends what nobody holds.
 */
export async function followHandOvers(
  handOvers: readonly HandOver[],
  isSuperseded: boolean,
  ports: FollowPorts,
): Promise<void> {
  for (const handOver of handOvers) {
    const { key, handed, batches } = handOver;
    if (isIncomplete(handOver)) await queueRows(key, handed, isSuperseded ? 'superseded' : 'notTried', ports);
    const waiting = batches.filter((page) => !isFinalPage(page));
    if (waiting.length === 0) continue;
    // Also where they are only ended: a run that was closed before it had them does not count them.
    await openIfNot(key, ports);
    if (!isSuperseded) continue;
    for (const page of waiting)
      if (page.state === 'queued' || page.state === 'handedBack') await ports.ledger.sealHandedBack(page);
  }
}
