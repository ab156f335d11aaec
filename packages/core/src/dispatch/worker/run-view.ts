import * as z from 'zod';
import type { Alert } from '../../alert/alert.ts';
import { createHold, type Elapsed } from '../lease-time.ts';
import type { PageKey, PageRecord } from '../ledger.ts';
import { pageName } from '../page-name.ts';
import { pagesByDistance, type UntakenSegment } from '../page-order.ts';
import type { OpenRun, Run, RunCounts, RunKey } from '../run.ts';
import { isFinalPage, sumCounts } from '../run-counts.ts';
import { type Page, type Segment, SegmentMapGone } from '../segment-map.ts';
import type { Worker } from './worker.ts';
import type { WorkerPorts } from './worker-ports.ts';

/** What one worker knows of a run: its item, alert and map, and the board as read last. */
export interface RunView {
  key: RunKey;
  run: Run;
  alert: Alert;
  /** The run's segments by rank, nearest first. */
  segment(rank: number): Segment;
  page(rank: number, page: number): Page;
  pageKey(rank: number, page: number): PageKey;
  /** A segment's pages, nearest first. */
  nearestPages(rank: number): readonly number[];
  /** The segments that may have free pages, nearest first. */
  untaken(): UntakenSegment[];
  /** No segment is known to be used up yet. */
  isYoung(): boolean;
  /** Ranks of the segments that are not known to be final, nearest first. */
  undone(): number[];
  isTaken(rank: number): boolean;
  isDone(rank: number): boolean;
  /** Notes that somebody works on the segment, on the board too unless it stands there. */
  markBegun(rank: number): Promise<void>;
  markTaken(rank: number): Promise<void>;
  /** Notes that this worker saw a page become final: the segment is done when all its pages are. */
  pageFinal(rank: number, page: number, counts: RunCounts): Promise<void>;
  markDone(rank: number, counts: RunCounts): Promise<void>;
  /** Queued pages that are not final, as far as known. */
  queued(): readonly PageRecord[];
  /** Notes that a queued page is being worked on, or final. */
  queuedGone(key: PageKey): void;
  /** Nothing is left to do in this run, as far as known. */
  isOver(): boolean;
  /**
   * Reads the board again, and the queued pages with it if there are any, when the last reading is older than
   * `maximumAgeMs`.
   */
  refreshBoard(maximumAgeMs: number): Promise<void>;
}

type Ports = Pick<WorkerPorts, 'runs' | 'maps' | 'ledger' | 'clock'>;
type Reader = Pick<Worker, 'readAlert'> & { ports: Ports };

/** Nobody can work on this run, however often it is tried: something that it needs is gone or cannot be understood. */
export class RunUnworkable extends Error {
  override readonly name = 'RunUnworkable';
}

/** @throws RunUnworkable, or what a store threw that may answer the next time. */
export async function openRunView(
  { ports, readAlert }: Reader,
  { earthquakeId, seq, channel }: OpenRun,
): Promise<RunView> {
  const key: RunKey = { earthquakeId, seq, channel };
  const reading = readAlert(earthquakeId, seq).catch((error: unknown) => {
    throw error instanceof z.ZodError ? new RunUnworkable(`alert: ${fieldsOf(error)} cannot be understood`) : error;
  });
  const [run, alert] = await Promise.all([ports.runs.read(key), reading]);
  if (!run) throw new Error('the run item is not there yet');
  if (!alert) throw new RunUnworkable('alert: the item is missing');
  const map = await ports.maps.read(channel, run.mapVersion).catch((error: unknown) => {
    throw error instanceof SegmentMapGone ? new RunUnworkable(`mapVersion: ${error.message}`) : error;
  });
  const byId = new Map(map.segments.map((segment) => [segment.id, segment]));
  const segments = run.segmentOrder.map((id) => {
    const segment = byId.get(id);
    if (!segment) throw new RunUnworkable(`segmentOrder: segment ${id} is not in map version ${run.mapVersion}`);
    return segment;
  });
  return createRunView(ports, key, run, alert, segments);
}

const fieldsOf = ({ issues }: z.ZodError): string => issues.map(({ path }) => path.join('.')).join(', ');

function createRunView(ports: Ports, key: RunKey, run: Run, alert: Alert, segments: readonly Segment[]): RunView {
  const { runs, ledger, clock } = ports;
  const begun = new Map<number, Elapsed>();
  const taken = new Set<number>();
  const done = new Set<number>();
  const finals = new Map<number, Map<number, RunCounts>>();
  const ranks = segments.map((_, rank) => rank);
  let boardAge: Elapsed | undefined;
  let isClosed = run.state === 'closed';
  let queued: readonly PageRecord[] = [];

  const segment = (rank: number): Segment => {
    const found = segments[rank];
    if (!found) throw new RangeError(`the run has no segment of rank ${rank}`);
    return found;
  };
  const undone = (): number[] => (isClosed ? [] : ranks.filter((rank) => !done.has(rank)));
  async function markDone(rank: number, counts: RunCounts): Promise<void> {
    if (done.has(rank)) return;
    done.add(rank);
    await runs.markDone(key, rank, counts);
  }

  return {
    key,
    run,
    alert,
    segment,
    page(rank, page) {
      const found = segment(rank).pages[page];
      if (!found) throw new RangeError(`segment ${segment(rank).id} has no page ${page}`);
      return found;
    },
    pageKey: (rank, page) => ({ ...key, segmentId: segment(rank).id, page }),
    nearestPages: (rank) => pagesByDistance(segment(rank), alert.hypocentre),
    untaken: () =>
      ranks
        .filter((rank) => !taken.has(rank) && !done.has(rank))
        .map((rank) => ({ rank, begunForMs: begun.get(rank)?.elapsedMs() })),
    isYoung: () => taken.size === 0 && done.size === 0,
    undone,
    isTaken: (rank) => taken.has(rank),
    isDone: (rank) => done.has(rank),
    async markBegun(rank) {
      if (begun.has(rank)) return;
      begun.set(rank, createHold(clock));
      await runs.markBegun(key, rank);
    },
    async markTaken(rank) {
      if (taken.has(rank)) return;
      taken.add(rank);
      await runs.markTaken(key, rank);
    },
    async pageFinal(rank, page, counts) {
      const final = (finals.get(rank) ?? new Map<number, RunCounts>()).set(page, counts);
      finals.set(rank, final);
      if (final.size === segment(rank).pages.length) await markDone(rank, sumCounts(final.values()));
    },
    markDone,
    queued: () => queued,
    queuedGone(gone) {
      const name = pageName(gone);
      queued = queued.filter((page) => pageName(page.key) !== name);
    },
    isOver: () => undone().length === 0 && queued.length === 0,
    async refreshBoard(maximumAgeMs) {
      if (boardAge && boardAge.elapsedMs() <= maximumAgeMs) return;
      const issued = createHold(clock);
      const { marks, state, generation } = await runs.readBoard(key);
      // The board may lag behind: what was queued before this run was read is not forgotten.
      const mayHaveQueued = generation > 0 || run.generation > 0;
      queued = mayHaveQueued ? (await ledger.readQueued(key)).filter((page) => !isFinalPage(page)) : [];
      isClosed = state === 'closed';
      boardAge = issued;
      for (const mark of marks) {
        if (!begun.has(mark.rank)) begun.set(mark.rank, createHold(clock));
        if (mark.taken) taken.add(mark.rank);
        if (mark.done) done.add(mark.rank);
      }
    },
  };
}
