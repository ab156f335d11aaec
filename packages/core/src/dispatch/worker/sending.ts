import type { Entry } from '../ledger.ts';
import { isMoreUrgent } from '../urgency.ts';
import type { HeldPage } from './claim-page.ts';
import { keepHold, mayNotStart, type StopReason } from './keep-hold.ts';
import type { Worker } from './worker.ts';

/** A page on its way. */
export interface Sending {
  held: HeldPage;
  entries: Entry[];
  /** Provider calls made for each endpoint, by its position. */
  attempts: number[];
  /** When, by the monotonic clock, whoever failed for now may be tried again; by position. */
  retries: Map<number, number>;
  /** More urgent runs that were open when it began, and had nothing free for this worker. */
  moreUrgent: ReadonlySet<string>;
  /** Why no call may start any more. */
  stopped: StopReason | undefined;
}

export async function startSending(worker: Worker, held: HeldPage): Promise<Sending> {
  return {
    ...{ held, entries: [...held.entries], attempts: held.entries.map(() => 0), stopped: undefined },
    ...{ retries: new Map(), moreUrgent: new Set(await moreUrgentRuns(worker, held)) },
  };
}

/** What a page waits for is looked at again this often. */
const recheckMs = 500;

/** Resolves when all calls have ended; keeps the hold meanwhile for whoever waits for another attempt. */
export async function answersOf(worker: Worker, sending: Sending, calls: readonly Promise<void>[]): Promise<void> {
  const ended = new AbortController();
  const all = Promise.all(calls).then(() => ended.abort('all answered'));
  while (!ended.signal.aborted) {
    await worker.ports.clock.sleep(recheckMs, ended.signal).catch(() => undefined);
    if (!ended.signal.aborted && sending.retries.size > 0) await recheck(worker, sending);
  }
  await all;
}

/** Resolves at that time of the monotonic clock, or as soon as something forbids another attempt. */
export async function waitUntil(worker: Worker, sending: Sending, dueMs: number): Promise<void> {
  const { clock } = worker.ports;
  for (;;) {
    await recheck(worker, sending);
    const leftMs = dueMs - clock.monotonicMs();
    if (sending.stopped || leftMs <= 0) return;
    await clock.sleep(Math.min(leftMs, recheckMs));
  }
}

/** Keeps what another attempt needs, and notes what forbids one: also a run that goes before this one and came meanwhile. */
async function recheck(worker: Worker, sending: Sending): Promise<void> {
  if (sending.stopped) return;
  const { held, moreUrgent } = sending;
  sending.stopped = (await keepHold(worker, held)) ? mayNotStart(worker, held) : 'holdLost';
  const newer = (await moreUrgentRuns(worker, held)).filter((run) => !moreUrgent.has(run));
  if (newer.length > 0) sending.stopped ??= 'outranked';
}

/** Open runs that go before this page's, as read last. */
async function moreUrgentRuns({ openRuns }: Worker, { view }: HeldPage): Promise<string[]> {
  const open = await openRuns.list(Number.POSITIVE_INFINITY);
  return open.filter((run) => isMoreUrgent(run, view.run)).map(({ earthquakeId, seq }) => `${earthquakeId}/${seq}`);
}
