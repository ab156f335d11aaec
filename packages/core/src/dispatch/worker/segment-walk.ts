import { createHold } from '../lease-time.ts';
import type { PageRecord } from '../ledger.ts';
import { homeSegment, nextSegment, pagesForSlot, type UntakenSegment } from '../page-order.ts';
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
  /** The next page to try; undefined when no segment has free pages, `later` when it is ahead of time to begin one. */
  next(isAhead: boolean): Promise<Candidate | 'later' | undefined>;
  /** The candidate is mine now, or final. */
  got(candidate: Candidate): Promise<void>;
  /** The candidate was another's. */
  lost(candidate: Candidate): Promise<void>;
}

/** The board is read again when it is older than this, and whenever a segment is used up. */
const boardAgeMs = 5_000;
/** So many lost claims in a row say that others walk this segment from its near end. */
const lostClaimsToTurn = 2;

/** How long a worker that begins waits for those whose segments are nearer, and how often it looks. */
const nearerFirstMs = 300;
const lookEveryMs = 50;

export function createSegmentWalk({ ports, slot, begin }: Worker, view: RunView): SegmentWalk {
  const workers = view.run.maxWorkersPerSegment;
  let current: number | undefined;
  let queue: Candidate[] = [];
  let lostInARow = 0;
  let hasBegun = false;
  /** Lost claims by page: one lost twice is not free, whatever a reading shows of it, for instance an item that cannot be read. */
  const losses = new Map<string, number>();
  const isLost = (rank: number, page: number): boolean => (losses.get(`${rank}/${page}`) ?? 0) >= lostClaimsToTurn;
  let marking: Promise<void> = Promise.resolve();

  const inOrder = (rank: number): Candidate[] =>
    pagesForSlot(view.nearestPages(rank), slot.index, workers).map((page) => ({ rank, page }));

  /** What is free in a segment by its page items: from the far end, since others are at work from the near one. */
  async function freePages(rank: number): Promise<Candidate[]> {
    const items = await ports.ledger.readSegment(view.key, view.segment(rank).id);
    const byPage = new Map(items.map((item) => [item.key.page, item]));
    const farFirst = [...view.nearestPages(rank)].reverse();
    return farFirst.flatMap((page) => {
      const seen = byPage.get(page);
      if (!seen) return isLost(rank, page) ? [] : [{ rank, page }];
      return seen.state === 'handedBack' ? [{ rank, page, seen }] : [];
    });
  }

  async function markIfUsedUp(): Promise<void> {
    if (current !== undefined && queue.length === 0) await view.markTaken(current);
  }

  /** The nearest begin first; but nobody waits longer than a moment, since a nearer worker may never come. */
  async function waitForNearer(home: number): Promise<void> {
    const waiting = createHold(ports.clock);
    const isNearerUntouched = () =>
      view.untaken().some(({ rank, begunForMs }) => rank < home && begunForMs === undefined);
    while (isNearerUntouched() && waiting.elapsedMs() < nearerFirstMs) {
      await ports.clock.sleep(lookEveryMs);
      await view.refreshBoard(0);
    }
  }

  /** Workers that come at the same time begin on segments of their own, in the order of their slots. */
  function choose(untaken: readonly UntakenSegment[], untouched: readonly UntakenSegment[]): number | undefined {
    if (hasBegun) return nextSegment(untaken, slot.index);
    return homeSegment(view.isYoung() || untouched.length === 0 ? untaken : untouched, slot.index, workers);
  }

  /** Chooses a segment and queues its pages; false when no segment has free pages. */
  async function turnToNext(): Promise<boolean> {
    await view.refreshBoard(hasBegun ? 0 : boardAgeMs);
    const untaken = view.untaken();
    const untouched = untaken.filter(({ begunForMs }) => begunForMs === undefined);
    const isHome = !hasBegun && view.isYoung();
    current = choose(untaken, untouched);
    if (current === undefined) return false;
    hasBegun = true;
    const isFresh = untouched.some(({ rank }) => rank === current);
    // Beside the claim, not before it: whoever takes the same segment meanwhile loses one claim.
    marking = view.markBegun(current);
    marking.catch(() => undefined);
    if (isHome) {
      await waitForNearer(current);
      begin();
    }
    queue = isHome || isFresh ? inOrder(current) : await freePages(current);
    return true;
  }

  return {
    async next(isAhead) {
      while (queue.length === 0) {
        await markIfUsedUp();
        if (isAhead) return 'later';
        if (!(await turnToNext())) return undefined;
      }
      return queue.shift();
    },
    async got() {
      await marking;
      lostInARow = 0;
      await markIfUsedUp();
    },
    async lost({ rank, page }) {
      await marking;
      losses.set(`${rank}/${page}`, (losses.get(`${rank}/${page}`) ?? 0) + 1);
      lostInARow++;
      if (lostInARow < lostClaimsToTurn) return;
      lostInARow = 0;
      queue = await freePages(rank);
    },
  };
}
