import type { PageRecord } from '../ledger.ts';
import { homeSegment, pagesForSlot } from '../page-order.ts';
import type { RunView } from './run-view.ts';
import type { Worker } from './worker.ts';

/** A page that is probably free. */
export interface Candidate {
  rank: number;
  page: number;
  /** Its item, where it is known to have been handed back. */
  seen?: PageRecord;
}

/** One worker's way through the segments of a run, page by page. */
export interface SegmentWalk {
  /** The next page to try; undefined when no segment has free pages. */
  next(): Promise<Candidate | undefined>;
  /** The candidate is mine now, or final. */
  got(candidate: Candidate): Promise<void>;
  /** The candidate was another's. */
  lost(candidate: Candidate): Promise<void>;
}

/** The board is read again when it is older than this, and whenever a segment is used up. */
const boardAgeMs = 5_000;
/** So many lost claims in a row say that others walk this segment from its near end. */
const lostClaimsToTurn = 2;

export function createSegmentWalk({ ports, slot }: Worker, view: RunView): SegmentWalk {
  const workers = view.run.maxWorkersPerSegment;
  let current: number | undefined;
  let queue: Candidate[] = [];
  let lostInARow = 0;
  let isFirst = true;

  const inOrder = (rank: number): Candidate[] =>
    pagesForSlot(view.nearestPages(rank), slot.index, workers).map((page) => ({ rank, page }));

  /** What is free in a segment by its page items: from the far end where others are at work, in order where nobody is. */
  async function freePages(rank: number): Promise<Candidate[]> {
    const items = await ports.ledger.readSegment(view.key, view.segment(rank).id);
    if (items.length === 0) return inOrder(rank);
    const byPage = new Map(items.map((item) => [item.key.page, item]));
    const farFirst = [...view.nearestPages(rank)].reverse();
    return farFirst.flatMap((page) => {
      const seen = byPage.get(page);
      if (!seen) return [{ rank, page }];
      return seen.state === 'handedBack' ? [{ rank, page, seen }] : [];
    });
  }

  async function markIfUsedUp(): Promise<void> {
    if (current !== undefined && queue.length === 0) await view.markTaken(current);
  }

  return {
    async next() {
      while (queue.length === 0) {
        await markIfUsedUp();
        await view.refreshBoard(current === undefined ? boardAgeMs : 0);
        current = homeSegment(view.untaken(), slot.index, workers);
        if (current === undefined) return undefined;
        queue = isFirst ? inOrder(current) : await freePages(current);
        isFirst = false;
      }
      return queue.shift();
    },
    async got() {
      lostInARow = 0;
      await markIfUsedUp();
    },
    async lost({ rank }) {
      lostInARow++;
      if (lostInARow < lostClaimsToTurn) return;
      lostInARow = 0;
      queue = await freePages(rank);
    },
  };
}
