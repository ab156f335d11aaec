import { createHold, type Elapsed } from '../lease-time.ts';
import type { OpenRun, RunKey } from '../run.ts';
import { isExpired } from '../urgency.ts';
import { claimPage, type HeldPage } from './claim-page.ts';
import { claimNextQueued } from './claim-queued.ts';
import { markSegmentIfDone } from './mark-segment.ts';
import { observeRun } from './observe-run.ts';
import { openRunView, RunUnworkable, type RunView } from './run-view.ts';
import { createSegmentWalk, type SegmentWalk } from './segment-walk.ts';
import type { Worker } from './worker.ts';

/** Finds this worker's next page, over all open runs of the channel. */
export interface PageFinder {
  /**
   * The next page of the most urgent run that has one, claimed; undefined when there is nothing free now.
   * @param isAhead while another page is still being sent: only on the segment that was begun, since a segment that is
   * begun but not sent to would hold up the order of the next ones.
   */
  find(isAhead: boolean): Promise<HeldPage | undefined>;
  /** True while a run waits for the provider, or is not final yet and this worker is one of those that watch over it. */
  isNeeded(): Promise<boolean>;
  /** Why nobody can work on a run, if this worker found out so, with the field's name. */
  problemOf(run: Pick<RunKey, 'earthquakeId' | 'seq'>): string | undefined;
}

interface Course {
  view: RunView;
  walk: SegmentWalk;
  observed?: Elapsed;
}

/** An open list and a budget this old are read again: a more urgent run waits one page at most. */
const openListAgeMs = 300;
/** How often a run without free pages is looked at. */
const observeEveryMs = 500;
/** How often a run that was over is looked at again. */
const overForMs = 5_000;
/** So many workers watch over pages in flight; the others end. */
const watchers = 2;

const nameOf = ({ earthquakeId, seq }: Pick<RunKey, 'earthquakeId' | 'seq'>): string => `${earthquakeId}#${seq}`;

export function createPageFinder(worker: Worker): PageFinder {
  const { ports, account, openRuns, slotRank } = worker;
  const courses = new Map<string, Course>();
  const problems = new Map<string, string>();

  /** Undefined when the run cannot be worked on: it fails alone, the others go on. */
  async function courseOf(run: OpenRun): Promise<Course | undefined> {
    const name = nameOf(run);
    const known = courses.get(name);
    if (known || problems.has(name)) return known;
    try {
      const view = await openRunView(worker, run);
      const course = { view, walk: createSegmentWalk(worker, view) };
      courses.set(name, course);
      return course;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      ports.log.error({ earthquakeId: run.earthquakeId, seq: run.seq, reason }, 'run cannot be worked on');
      if (error instanceof RunUnworkable) problems.set(name, reason);
      return undefined;
    }
  }

  const notMarked = (error: unknown): void =>
    ports.log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'segment not marked on the board');

  async function walkOn({ view, walk }: Course, isAhead: boolean): Promise<HeldPage | 'later' | undefined> {
    for (let candidate = await walk.next(isAhead); candidate; candidate = await walk.next(isAhead)) {
      if (candidate === 'later') return 'later';
      if (worker.stopped()) return undefined;
      const claim = await claimPage(worker, view, candidate.rank, candidate.page, candidate.seen);
      if (claim === 'over') await walk.lost(candidate);
      // A mark on the board only says where to look: a page that is held now must not be lost with it.
      else await walk.got(candidate).catch(notMarked);
      // The last page of a segment that others share: without this only those who watch over the run would find it final.
      if (claim === 'nobody') await markSegmentIfDone(worker, view, candidate.rank).catch(notMarked);
      if (typeof claim !== 'string') return claim;
    }
    return undefined;
  }

  /** Others may hand endpoints to a run that was over. */
  async function isOver({ view }: Course): Promise<boolean> {
    if (view.isOver()) await view.refreshBoard(overForMs);
    return view.isOver();
  }

  async function observe(course: Course): Promise<HeldPage | undefined> {
    if (course.observed && course.observed.elapsedMs() < observeEveryMs) return undefined;
    course.observed = createHold(ports.clock);
    await course.view.refreshBoard(observeEveryMs);
    return observeRun(worker, course.view);
  }

  /** While nothing may be sent, only what is too late to be sent can be worked on: it is recorded as expired. */
  const mayClaim = (): boolean => account.isOpen() && account.pauseLeftMs() === 0;
  const mayBeWorkedOn = (run: OpenRun): boolean => mayClaim() || isExpired(run, ports.storeTime());

  return {
    async find(isAhead) {
      const [open] = await Promise.all([openRuns.list(openListAgeMs), account.refresh(openListAgeMs)]);
      for (const run of open) {
        if (worker.stopped()) return undefined;
        if (!mayBeWorkedOn(run)) continue;
        const course = await courseOf(run);
        if (!course || (await isOver(course))) continue;
        const page =
          (await claimNextQueued(worker, course.view)) ??
          (await walkOn(course, isAhead)) ??
          ((await slotRank.isAmongLowest(watchers)) ? await observe(course) : undefined);
        if (page) return page === 'later' ? undefined : page;
      }
      return undefined;
    },
    async isNeeded() {
      const open = await openRuns.list(openListAgeMs);
      if (!mayClaim()) return open.length > 0;
      const courseList = open.map((run) => courses.get(nameOf(run)));
      const isPending = courseList.some((course) => course && !course.view.isOver());
      return isPending && (await slotRank.isAmongLowest(watchers));
    },
    problemOf: (run) => problems.get(nameOf(run)),
  };
}
