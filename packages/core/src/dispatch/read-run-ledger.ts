import type { Ledger, PageRecord } from './ledger.ts';
import { backupRunOf } from './queued/backup-channel.ts';
import { type HandOver, handOversTo, isIncomplete } from './queued/hand-overs.ts';
import type { Run, RunCounts, RunKey } from './run.ts';
import { countPage, isFinalPage, sumCounts } from './run-counts.ts';
import type { SegmentMap } from './segment-map.ts';

/** All page items of a run, against the map that it pinned. */
export interface RunLedger {
  /** Those of the map and those that were queued. */
  pages: readonly PageRecord[];
  /**
   * What is not final, empty = the run is complete and its counts add up: pages of the map as `segment/page`, queued ones
   * with the queue's name, here and on the backup channel.
   */
  pending: readonly string[];
  /** To this run's queues, and to those of the run that is its backup; complete or not. */
  handOvers: readonly HandOver[];
  /** Of the pages that are final. */
  counts: RunCounts;
}

/** Segments read at the same time. */
const readers = 16;

type Reader = Pick<Ledger, 'readSegment' | 'readQueued'>;

/** Reads a run's ledger once, its map's pages eventually consistent: final states never go back, so what is final is. */
export async function readRunLedger(run: Run, map: SegmentMap, ledger: Reader): Promise<RunLedger> {
  const pageCounts = new Map(map.segments.map(({ id, pages }) => [id, pages.length]));
  const ofMap: PageRecord[] = [];
  const pending: string[] = [];
  const waiting = [...run.segmentOrder];
  async function readOn(): Promise<void> {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const records = await ledger.readSegment(run, id);
      const final = new Set(records.filter(isFinalPage).map(({ key }) => key.page));
      for (let page = 0; page < (pageCounts.get(id) ?? 0); page++) if (!final.has(page)) pending.push(`${id}/${page}`);
      ofMap.push(...records);
    }
  }
  await Promise.all(Array.from({ length: readers }, readOn));
  const queued = run.generation > 0 || has(ofMap, 'replayed') ? await ledger.readQueued(run) : [];
  const pages = [...ofMap, ...queued];
  const handOvers = [
    ...handOversTo(run, 'replay', ofMap, queued),
    ...handOversTo(run, 'backup', [], queued),
    ...(await handOversToBackup(run, pages, ledger)),
  ];
  pending.push(...handOvers.flatMap(pendingOf));
  return { pages, pending: pending.sort(), handOvers, counts: sumCounts(pages.filter(isFinalPage).map(countPage)) };
}

const has = (pages: readonly PageRecord[], outcome: 'replayed' | 'handedToBackup'): boolean =>
  pages.some(({ entries }) => entries.some((entry) => entry.outcome === outcome));

/** Only what this run's own pages handed over: other channels may have the same backup. */
async function handOversToBackup(run: RunKey, pages: readonly PageRecord[], ledger: Reader): Promise<HandOver[]> {
  const backup = backupRunOf(run);
  if (!backup || !has(pages, 'handedToBackup')) return [];
  const handOvers = handOversTo(backup, 'backup', pages, await ledger.readQueued(backup));
  return handOvers.filter(({ handed }) => handed.length > 0);
}

function pendingOf(handOver: HandOver): string[] {
  const { channel, segmentId, page, queue } = handOver.key;
  const isPending = isIncomplete(handOver) || !handOver.batches.every(isFinalPage);
  return isPending ? [`${segmentId}/${page} ${channel} ${queue}`] : [];
}
