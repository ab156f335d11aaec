import type { Ledger } from '../ledger.ts';
import type { RunKey, RunStore } from '../run.ts';
import { isFinalPage } from '../run-counts.ts';
import { type HandOver, isIncomplete } from './hand-overs.ts';
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
    if (!isSuperseded) await openIfNot(key, ports);
    else
      for (const page of waiting)
        if (page.state === 'queued' || page.state === 'handedBack') await ports.ledger.sealHandedBack(page);
  }
}

/** Whoever queued may have died before it opened the run's next generation. */
async function openIfNot(key: RunKey, { runs }: FollowPorts): Promise<void> {
  const run = await runs.read(key);
  if (run && (run.state === 'closed' || run.generation === 0)) await runs.reopen(key);
}
