import type { Delivery } from '../../channel/channel.ts';
import { longestWaitMs } from '../attempt-fate.ts';
import { createLatestAnswers, hasOneProvider, isFailure, probeCalls, worksAgain } from '../breaker.ts';
import { type Budget, type BudgetChange, isFull } from '../budget.ts';
import { grown, shrunk, withBreaker } from '../budget-changes.ts';
import { createHold, createSighting, type Elapsed } from '../lease-time.ts';
import type { SlotLease } from './slot-lease.ts';
import type { WorkerPorts } from './worker-ports.ts';

/** The provider account as one worker knows it, and what this worker's answers change of it. */
export interface Account {
  budget(): Budget;
  /** May a send start: the breaker closed (or a probe of mine), the slot's share in force, no pause longer than a page waits. */
  isOpen(): boolean;
  /** The pause that the provider asked for: a page that is held waits for it, none is claimed in it. */
  pauseLeftMs(): number;
  /** A provider call starts; tell what is returned how it ended. */
  callStarts(): (delivery: Delivery) => void;
  /** Reads the budget again when the last reading is older than `maximumAgeMs`, and follows it. */
  refresh(maximumAgeMs: number): Promise<void>;
  /** To be called every second: what the steward, the holder of the lowest slot, does for all. */
  tend(): Promise<void>;
  /** Resolves when no change is on its way to the store any more. */
  settled(): Promise<void>;
}

type Ports = Pick<WorkerPorts, 'budgets' | 'channel' | 'clock' | 'storeTime' | 'log'>;

const growEveryMs = 5_000;
const shortestOpenMs = 5_000;
const longestOpenMs = 60_000;
/** A probe that has no verdict by then is judged by what is known; another's is taken to be dead some time later. */
const probeMs = 5_000;
const deadProbeMs = 12_000;
/** A page is held through a pause no longer than this; for a longer one it is handed back. */
const longestHeldPauseMs = longestWaitMs;

interface Probe {
  started: number;
  answers: number;
  good: number;
}

/** @param isSteward whether this worker's slot is the lowest held one. */
export function createAccount(ports: Ports, slot: SlotLease, isSteward: () => Promise<boolean>): Account {
  const { budgets, channel, clock, storeTime, log } = ports;
  const latest = createLatestAnswers();
  let budget = slot.budget;
  let age: Elapsed = createHold(clock);
  /** Since this generation was first seen, never too long. */
  let seen = createSighting(clock);
  let openMs = shortestOpenMs;
  let probe: Probe | undefined;
  /** The generation from which a change of this worker's is on its way. */
  let changingFrom: number | undefined;
  let changing: Promise<void> = Promise.resolve();

  const pauseLeftMs = (): number => Math.max(0, budget.pausedUntilMs - storeTime());

  async function note(found: Budget): Promise<void> {
    // An older reading may come late.
    if (found.generation <= budget.generation) return;
    const before = budget.breaker;
    budget = found;
    seen = createSighting(clock);
    if (found.breaker !== before) {
      latest.clear();
      probe = undefined;
      if (found.breaker === 'closed') openMs = shortestOpenMs;
      if (found.breaker === 'open' && before === 'halfOpen') openMs = Math.min(longestOpenMs, 2 * openMs);
    }
    await slot.follow(found);
  }
  async function refresh(maximumAgeMs: number): Promise<void> {
    if (age.elapsedMs() <= maximumAgeMs) return;
    const issued = createHold(clock);
    const found = await budgets.read(channel.name);
    age = issued;
    if (found) await note(found);
  }
  /** True when the change was this worker's. */
  async function change(from: Budget, to: BudgetChange): Promise<boolean> {
    const changed = await budgets.change(channel.name, from, to);
    if (changed) await note(changed);
    else await refresh(-1);
    return changed !== undefined;
  }
  /** Beside the sending. What fails to be written is written again when the next answer says the same. */
  function changeBeside(from: Budget, to: BudgetChange): void {
    if (from.generation !== budget.generation || from.generation === changingFrom) return;
    changingFrom = from.generation;
    const { effectiveRatePerSecond, breaker, pausedUntilMs } = to;
    log.warn({ channel: channel.name, effectiveRatePerSecond, breaker, pausedUntilMs }, 'provider account changes');
    const failed = (error: unknown): void => {
      changingFrom = undefined;
      log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'budget not changed');
    };
    const changed = change(from, to).then(() => undefined, failed);
    changing = Promise.all([changing, changed]).then(() => undefined);
  }

  function judgeProbe(current: Probe): void {
    const isOverdue = seen.elapsedMs() >= probeMs;
    if (current.answers < probeCalls && !isOverdue) return;
    probe = undefined;
    changeBeside(budget, withBreaker(budget, worksAgain(current.started, current.good) ? 'closed' : 'open'));
  }
  async function halfOpen(): Promise<void> {
    const isMine = await change(budget, withBreaker(budget, 'halfOpen'));
    if (isMine && budget.breaker === 'halfOpen') probe = { started: 0, answers: 0, good: 0 };
  }
  /** What is due now, if this worker is the steward. */
  function duty(): (() => Promise<unknown>) | undefined {
    const sinceMs = seen.elapsedMs();
    if (budget.breaker === 'open') return sinceMs >= openMs ? halfOpen : undefined;
    if (budget.breaker === 'halfOpen') return sinceMs >= deadProbeMs ? halfOpen : undefined;
    const isDue = !isFull(budget) && sinceMs >= growEveryMs && pauseLeftMs() === 0;
    return isDue ? () => change(budget, grown(budget)) : undefined;
  }

  return {
    budget: () => budget,
    isOpen() {
      if (!slot.fits() || pauseLeftMs() > longestHeldPauseMs) return false;
      if (budget.breaker === 'halfOpen') return probe !== undefined && probe.started < probeCalls;
      return budget.breaker === 'closed';
    },
    pauseLeftMs,
    callStarts() {
      const from = budget;
      const current = probe;
      if (current) current.started++;
      return (delivery) => {
        const failed = isFailure(delivery);
        if (current) {
          current.answers++;
          if (!failed) current.good++;
          if (current === probe) judgeProbe(current);
          return;
        }
        if (budget.breaker !== 'closed') return;
        // One shrink a generation: what was sent before the last one says nothing about it.
        if (delivery.outcome === 'throttled')
          changeBeside(from, shrunk(from, storeTime() + (delivery.retryAfterMs ?? 0)));
        latest.add(failed);
        if (latest.saysDown() && hasOneProvider(channel.name)) changeBeside(budget, withBreaker(budget, 'open'));
      };
    },
    refresh,
    async tend() {
      if (!slot.fits()) await slot.checkShare();
      if (probe) judgeProbe(probe);
      else if (duty() && (await isSteward())) await duty()?.();
    },
    settled: () => changing,
  };
}
