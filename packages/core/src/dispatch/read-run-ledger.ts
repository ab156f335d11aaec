import type { Ledger, PageRecord } from './ledger.ts';
import type { Run, RunCounts } from './run.ts';
import { countPage, isFinalPage, sumCounts } from './run-counts.ts';
import type { SegmentMap } from './segment-map.ts';

/** All page items of a run, against the map that it pinned. */
export interface RunLedger {
  pages: readonly PageRecord[];
  /** Pages of the map without a final item, as `segment/page`; empty = the run is complete and its counts add up. */
  pending: readonly string[];
  /** Of the pages that are final. */
  counts: RunCounts;
}

/** Segments read at the same time. */
const readers = 16;

/** Reads a run's ledger once, eventually consistent: final states never go back, so what is final is. */
export async function readRunLedger(
  run: Run,
  map: SegmentMap,
  ledger: Pick<Ledger, 'readSegment'>,
): Promise<RunLedger> {
  const pageCounts = new Map(map.segments.map(({ id, pages }) => [id, pages.length]));
  const pages: PageRecord[] = [];
  const pending: string[] = [];
  const waiting = [...run.segmentOrder];
  async function readOn(): Promise<void> {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const records = await ledger.readSegment(run, id);
      const final = new Set(records.filter(isFinalPage).map(({ key }) => key.page));
      for (let page = 0; page < (pageCounts.get(id) ?? 0); page++) if (!final.has(page)) pending.push(`${id}/${page}`);
      pages.push(...records);
    }
  }
  await Promise.all(Array.from({ length: readers }, readOn));
  return { pages, pending: pending.sort(), counts: sumCounts(pages.filter(isFinalPage).map(countPage)) };
}
