import { createHold, type Elapsed } from '../lease-time.ts';
import type { OpenRun, RunKey } from '../run.ts';
import { claimPage, type HeldPage } from './claim-page.ts';
import { observeRun } from './observe-run.ts';
import { openRunView, RunUnworkable, type RunView } from './run-view.ts';
import { createSegmentWalk, type SegmentWalk } from './segment-walk.ts';
import { createSlotPulses } from './slot-pulses.ts';
import type { Worker } from './worker.ts';

/** Finds this worker's next page, over all open runs of the channel. */
export interface PageFinder {
  /**
   * The next page of the most urgent run that has one, claimed; undefined when there is nothing free now.
   * @param isAhead while another page is still being sent: only on the segment that was begun, since a segment that is
   * begun but not sent to would hold up the order of the next ones.
   */
  find(isAhead: boolean): Promise<HeldPage | undefined>;
  /** True when a run is not final yet and this worker is one of those that watch over what is in flight. */
  isNeeded(): Promise<boolean>;
  /** Why nobody can work on a run, if this worker found out so, with the field's name. */
  problemOf(run: Pick<RunKey, 'earthquakeId' | 'seq'>): string | undefined;
}

interface Course {
  view: RunView;
  walk: SegmentWalk;
  observed?: Elapsed;
}

/** An open list this old is read again: a more urgent run waits one page at most. */
const openListAgeMs = 300;
/** How often a run without free pages is looked at. */
const observeEveryMs = 500;
/** So many workers watch over pages in flight; the others end. */
const watchers = 2;

const nameOf = ({ earthquakeId, seq }: Pick<RunKey, 'earthquakeId' | 'seq'>): string => `${earthquakeId}#${seq}`;

export function createPageFinder(worker: Worker): PageFinder {
  const { ports, slot, openRuns } = worker;
  const courses = new Map<string, Course>();
  const problems = new Map<string, string>();
  const pulses = createSlotPulses(ports.clock);

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
      if (typeof claim !== 'string') return claim;
    }
    return undefined;
  }

  async function observe(course: Course): Promise<HeldPage | undefined> {
    if (course.observed && course.observed.elapsedMs() < observeEveryMs) return undefined;
    course.observed = createHold(ports.clock);
    await course.view.refreshBoard(observeEveryMs);
    return observeRun(worker, course.view);
  }

  /**
   * The holders of the two lowest slots watch. A dead worker's slot stays held in the table while others are free, so only
   * those count that were seen to renew; until two of them were, this worker stays.
   */
  async function isWatcher(): Promise<boolean> {
    if (slot.index < watchers) return true;
    const slots = await ports.budgets.listSlots(ports.channel.name);
    const alive = slots.filter((other) => other.owner && other.index < slot.index && pulses.isAlive(other));
    return alive.length < watchers;
  }

  return {
    async find(isAhead) {
      for (const run of await openRuns.list(openListAgeMs)) {
        if (worker.stopped()) return undefined;
        const course = await courseOf(run);
        if (!course || course.view.undone().length === 0) continue;
        const page = (await walkOn(course, isAhead)) ?? ((await isWatcher()) ? await observe(course) : undefined);
        if (page) return page === 'later' ? undefined : page;
      }
      return undefined;
    },
    async isNeeded() {
      const open = await openRuns.list(openListAgeMs);
      const courseList = open.map((run) => courses.get(nameOf(run)));
      const isPending = courseList.some((course) => course && course.view.undone().length > 0);
      return isPending && (await isWatcher());
    },
    problemOf: (run) => problems.get(nameOf(run)),
  };
}
