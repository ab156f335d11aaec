import { countPage, isFinalPage, sumCounts } from '../run-counts.ts';
import type { RunView } from './run-view.ts';
import type { Worker } from './worker.ts';

/** Where several workers shared a segment, whoever settles last sees all of it final: the strong read misses nothing. */
export async function markSegmentIfDone(worker: Worker, view: RunView, rank: number): Promise<void> {
  if (!view.isTaken(rank) || view.isDone(rank)) return;
  const records = await worker.ports.ledger.readSegment(view.key, view.segment(rank).id, true);
  const isDone = records.length === view.segment(rank).pages.length && records.every(isFinalPage);
  if (isDone) await view.markDone(rank, sumCounts(records.map(countPage)));
}
