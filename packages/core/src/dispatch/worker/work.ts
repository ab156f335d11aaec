import { createHold } from '../lease-time.ts';
import { noCounts } from '../run-counts.ts';
import type { WakeUp } from '../wake-up.ts';
import { createBackground } from './background.ts';
import type { HeldPage } from './claim-page.ts';
import { createPageFinder, type PageFinder } from './find-page.ts';
import { createOpenRuns } from './open-runs.ts';
import { sendPage } from './send-page.ts';
import { settlePage } from './settle-page.ts';
import { acquireSlot, slotRenewMs } from './slot-lease.ts';
import { createWorker, type Worker } from './worker.ts';
import type { Shift, WorkDone, WorkerPorts } from './worker-ports.ts';

/** Claimed, being sent, or waiting for its last answers: so many pages a crash can leave unknown. */
const maximumPagesInFlight = 4;
const progressEveryMs = 4_000;
/** While a page is being sent, a run's end is noticed within this time. */
const recheckEveryMs = 1_000;
const idleMs = 500;

/**
 * Works on a channel's open runs, the most urgent first, until nothing is left to do here or time is up. The wake-up only
 * says where to begin; it assigns nothing, so a lost, late or repeated one does no harm. Never rejects: what breaks ends
 * this worker, and others go on.
 */
export async function work(wakeUp: WakeUp, shift: Shift, ports: WorkerPorts): Promise<WorkDone> {
  const started = createHold(ports.clock);
  const openRuns = createOpenRuns(ports);
  const preferredSlot = wakeUp.segment + wakeUp.rank;
  try {
    // Read meanwhile; where that fails, it is read again for the first page.
    const reading = openRuns.list(0).catch(() => undefined);
    const [slot] = await Promise.all([acquireSlot(ports, shift.workerId, preferredSlot), reading]);
    if (!slot) return { ended: 'noSlot', pages: 0, sends: 0, counts: noCounts };
    return await workWithSlot(createWorker(ports, shift, slot, openRuns, started), wakeUp);
  } catch (error) {
    ports.log.error({ reason: error instanceof Error ? error.message : 'unknown' }, 'worker could not start');
    return { ended: 'failed', pages: 0, sends: 0, counts: noCounts };
  }
}

async function workWithSlot(worker: Worker, wakeUp: WakeUp): Promise<WorkDone> {
  const { clock, log } = worker.ports;
  const background = createBackground(clock, (error) =>
    log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'a background call failed'),
  );
  background.every(slotRenewMs, () => worker.slot.renew(worker.isLeaving()));
  background.every(progressEveryMs, () => worker.progress.flush());
  background.every(recheckEveryMs, async () => void (await worker.openRuns.list(recheckEveryMs)));
  background.every(recheckEveryMs, async () => {
    await worker.account.refresh(recheckEveryMs);
    await worker.account.tend();
  });
  const pageWork = createPageWork(worker);
  await pageWork.run().catch(worker.fail);
  const ended = worker.stopped() ?? 'nothingLeft';
  // No send starts any more: who stands by need not wait until the last answers are recorded.
  await worker.slot.release().catch(() => undefined);
  await pageWork.allSettled();
  await background.end();
  await worker.account.settled();
  await worker.progress.flush().catch(() => undefined);
  const problem = pageWork.problemOf(wakeUp);
  const done: WorkDone = { ended, pages: pageWork.pages(), ...worker.sent(), counts: worker.progress.total() };
  return problem === undefined ? done : { ...done, problem };
}

/** A search for a page that may still be going on; wrapped, so that waiting for the wrapper does not wait for the page. */
interface Search {
  page: Promise<HeldPage | undefined>;
}

interface PageWork {
  run(): Promise<void>;
  /** Resolves when no page is in flight any more. */
  allSettled(): Promise<void>;
  pages(): number;
  problemOf: PageFinder['problemOf'];
}

function createPageWork(worker: Worker): PageWork {
  const finder = createPageFinder(worker);
  const inFlight = new Set<Promise<void>>();
  const heldPages = new Set<HeldPage>();
  let pages = 0;

  const search = (isAhead = false): Search => {
    const page = findNext(isAhead);
    // It is awaited later than it may fail.
    page.catch(() => undefined);
    return { page };
  };
  async function findNext(isAhead: boolean): Promise<HeldPage | undefined> {
    // Counted by what is held: a page that is all look-ahead asks for the next before it is in flight itself.
    while (heldPages.size >= maximumPagesInFlight) await Promise.race(inFlight);
    if (worker.stopped()) return undefined;
    const looking = createHold(worker.ports.clock);
    const held = await finder.find(isAhead);
    if (held) worker.looked(looking.elapsedMs());
    return held;
  }
  async function allSettled(): Promise<void> {
    while (inFlight.size > 0) await Promise.race(inFlight);
  }

  /** Resolves when no page is in flight any more, or after that time: pages may wait long for their last attempts. */
  async function settledOr(ms: number): Promise<void> {
    const settled = new AbortController();
    const sleeping = worker.ports.clock.sleep(ms, settled.signal).catch(() => undefined);
    await Promise.race([allSettled(), sleeping]);
    settled.abort('all settled');
  }

  const isLastHere = (held: HeldPage) => (): boolean =>
    ![...heldPages].some((other) => other !== held && other.view === held.view && other.rank === held.rank);

  /** Sends a page; answers when its last send has started, with the search for the next one under way. */
  async function sendAndLookAhead(held: HeldPage): Promise<Search> {
    let ahead: Search | undefined;
    const lookAhead = (): void => {
      ahead ??= search(true);
    };
    pages++;
    heldPages.add(held);
    const sending = sendPage(worker, held, lookAhead);
    const settled = sending
      .then(({ done }) => done)
      .then((sent) => settlePage(worker, sent, isLastHere(held)))
      .catch(worker.fail)
      .finally(() => {
        inFlight.delete(settled);
        heldPages.delete(held);
      });
    inFlight.add(settled);
    await sending.catch(() => undefined);
    // Ahead of time no segment is begun: now it may be.
    return ahead && (await ahead.page) ? ahead : search();
  }

  /** Nothing is free now. Answers whether to look again. */
  async function waitForMore(): Promise<boolean> {
    if (worker.stopped()) return false;
    if (inFlight.size > 0) {
      await settledOr(idleMs);
      return true;
    }
    if (!(await finder.isNeeded())) return false;
    await worker.ports.clock.sleep(idleMs);
    return true;
  }

  return {
    async run() {
      for (let next = search(); ; ) {
        const held = await next.page;
        if (held) next = await sendAndLookAhead(held);
        else if (await waitForMore()) next = search();
        else return;
      }
    },
    allSettled,
    pages: () => pages,
    problemOf: finder.problemOf,
  };
}
