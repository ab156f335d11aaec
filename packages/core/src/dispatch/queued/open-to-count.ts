import type { RunKey, RunStore } from '../run.ts';
import { countPage, sumCounts } from '../run-counts.ts';
import { backupRunOf } from './backup-channel.ts';
import type { HandOver } from './hand-overs.ts';

/**
 * Opens the run of the backup channel again where it has not counted, or would not count, whom this run handed over: whoever
 * queued them, or ended them in the queue, may have died before it did so.
 * @param handOvers of this run, complete and final.
 */
export async function openToCount(
  run: RunKey,
  handOvers: readonly HandOver[],
  { runs }: { runs: Pick<RunStore, 'read' | 'reopen'> },
): Promise<void> {
  const batches = handOvers.filter(({ key }) => key.channel !== run.channel).flatMap((handOver) => handOver.batches);
  const backup = backupRunOf(run);
  if (!backup || batches.length === 0) return;
  const there = await runs.read(backup);
  if (!there) return;
  // Open, it reads its queues when it closes, if it was ever told that it has any.
  const isCounted =
    there.state === 'closed'
      ? there.counts?.fromBackup === sumCounts(batches.map(countPage)).fromBackup
      : there.generation > 0;
  if (!isCounted) await runs.reopen(backup);
}
