import type { Alert } from '../../alert/alert.ts';
import { catchUpCreditMs, slotDelayMs, slotRate } from '../budget-share.ts';
import { createLeaseWatch, type Elapsed, type LeaseWatch } from '../lease-time.ts';
import { createPacer } from '../pacer.ts';
import { type Account, createAccount } from './account.ts';
import type { OpenRuns } from './open-runs.ts';
import { createProgress, type Progress } from './progress.ts';
import type { SlotLease } from './slot-lease.ts';
import { createSlotRank, type SlotRank } from './slot-rank.ts';
import type { Shift, WorkerPorts } from './worker-ports.ts';

/** A process about to be ended starts nothing: it lets calls in flight end and hands back what is left. */
export const handBackBeforeEndMs = 12_000;
/** So long before that it says that it is leaving: time enough to wake somebody who stands by. */
const leavingMs = 6_000;
/** A page is claimed at most so long before its first send. */
const longestLookAheadMs = 300;
const shortestLookAheadMs = 40;
/** Provider calls of one worker at the same time. */
const maximumCalls = 50;

/** One wake-up's worker, from the slot it leased until it ends. */
export interface Worker {
  ports: WorkerPorts;
  slot: SlotLease;
  slotRank: SlotRank;
  account: Account;
  openRuns: OpenRuns;
  progress: Progress;
  /** Since when other holders' pages were seen unchanged. */
  watch: LeaseWatch;
  /**
   * How many sends before the end of a page it is time to look for the next one, `sent` of the page having taken so long:
   * twice the time that looking took last, no more than a claimed page may wait. Who looks earlier than it needs begins a
   * farther segment before others that look later begin a nearer one.
   */
  lookAhead(sent: number, elapsedMs: number): number;
  /** Notes how long looking for a page took. */
  looked(ms: number): void;
  /** A fresh nonce per claim. */
  nextOwner(): string;
  /** Why nothing may start any more; undefined while all is well. */
  stopped(): 'slotLost' | 'timeIsUp' | 'failed' | undefined;
  /** Its time will soon be up. */
  isLeaving(): boolean;
  /** Something broke that is not one page's business: the worker ends, others go on. */
  fail(error: unknown): void;
  /** The run begins: workers of farther slots, whose first segments are farther, begin a moment later. */
  begin(): void;
  /** Resolves when the next send may start, or at once when none may any more: its turn in the slot's rate, and a call's worth of room. */
  turn(): Promise<void>;
  /** Keeps a provider call, which never rejects, among those in flight until it ends. */
  track(call: Promise<void>): void;
  /** Provider calls so far, and how soon after its start the worker made the first one. */
  sent(): { sends: number; firstSendAfterMs?: number };
  /** An alert never changes: each is read once. */
  readAlert(earthquakeId: string, seq: number): Promise<Alert | undefined>;
}

export function createWorker(
  ports: WorkerPorts,
  shift: Shift,
  slot: SlotLease,
  openRuns: OpenRuns,
  started: Elapsed,
): Worker {
  const { clock, log } = ports;
  const slotRank = createSlotRank(ports, slot.index);
  const account = createAccount(ports, slot, () => slotRank.isAmongLowest(1));
  const creditMs = catchUpCreditMs(slot.budget.ratePerSecond);
  const pacer = createPacer(slotRate(slot.budget), creditMs, clock.monotonicMs());
  let calls = 0;
  /** Those who wait for a call to end: woken together, since each looks again whether there is room. */
  let waiting: (() => void)[] = [];
  let lookAheadMs = longestLookAheadMs / 2;
  let claims = 0;
  const alerts = new Map<string, Promise<Alert | undefined>>();
  let sends = 0;
  let firstSendAfterMs: number | undefined;
  let hasFailed = false;
  let isOver = false;

  const timeLeftMs = (): number => shift.remainingMs() - handBackBeforeEndMs;
  function stopped(): ReturnType<Worker['stopped']> {
    if (hasFailed) return 'failed';
    if (!slot.isValid()) return 'slotLost';
    return isOver || timeLeftMs() <= 0 ? 'timeIsUp' : undefined;
  }
  return {
    ports,
    slot,
    slotRank,
    account,
    openRuns,
    progress: createProgress(ports.runs, shift.workerId),
    watch: createLeaseWatch(clock),
    lookAhead(sent, elapsedMs) {
      const ratePerSecond = slotRate(account.budget());
      const realRate = sent === 0 ? ratePerSecond : Math.min(ratePerSecond, (1000 * sent) / Math.max(1, elapsedMs));
      return Math.ceil((realRate * lookAheadMs) / 1000);
    },
    looked(ms) {
      lookAheadMs = Math.min(longestLookAheadMs, Math.max(shortestLookAheadMs, 2 * ms));
    },
    nextOwner: () => `${shift.workerId}#${++claims}`,
    stopped,
    isLeaving: () => timeLeftMs() < leavingMs,
    fail(error) {
      hasFailed = true;
      log.error({ reason: error instanceof Error ? error.message : 'unknown' }, 'worker stops: a port failed');
    },
    begin() {
      pacer.used(clock.monotonicMs() + creditMs + slotDelayMs(slot.index, account.budget().slots));
    },
    async turn() {
      while (calls >= maximumCalls) await new Promise<void>((resolve) => waiting.push(resolve));
      while (account.isOpen() && account.pauseLeftMs() > 0) await clock.sleep(account.pauseLeftMs());
      pacer.setRate(slotRate(account.budget()));
      const waitMs = pacer.take(clock.monotonicMs());
      // Whoever comes next counts a whole turn anew: it should begin now.
      isOver ||= waitMs >= timeLeftMs();
      if (stopped()) return;
      if (waitMs > 0) await clock.sleep(waitMs);
      pacer.used(clock.monotonicMs());
    },
    track(call) {
      sends++;
      firstSendAfterMs ??= started.elapsedMs();
      calls++;
      void call.then(() => {
        calls--;
        const woken = waiting;
        waiting = [];
        for (const wake of woken) wake();
      });
    },
    sent: () => ({ sends, ...(firstSendAfterMs === undefined ? {} : { firstSendAfterMs }) }),
    readAlert(earthquakeId, seq) {
      const name = `${earthquakeId}#${seq}`;
      const known = alerts.get(name) ?? ports.runs.readAlert(earthquakeId, seq);
      alerts.set(name, known);
      return known;
    },
  };
}
