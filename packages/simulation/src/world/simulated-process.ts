import type { StoreTime, TimerClock } from '@quakewire/core';
import type { SeededRandom } from '@quakewire/testing';
import type { Role } from '../faults.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Strike, Strikes } from './strikes.ts';

/** True time at which every simulation begins, milliseconds since the epoch. */
export const epochMs = 1_745_401_800_000;

export interface ProcessOptions {
  role: Role;
  /** How many of its role were started before it. */
  number: number;
  scheduler: Scheduler;
  random: SeededRandom;
  strikes: Strikes;
  /** How much this machine's time of day is off. */
  offsetMs: number;
  /** How much its idea of the store's time is off. */
  storeOffsetMs: number;
  /** Writes the log of the simulation; left out where nobody reads it. */
  trace: ((line: string) => void) | undefined;
  /** Told when it dies, and how. */
  onDeath: (why: string) => void;
  onPause: (forMs: number) => void;
}

/**
 * The other end of a call.
 * @param wasHeld the request waited in a frozen process before it left.
 * @param answersAfter says how long an answer that is known at once takes besides its way back: one event instead of two.
 */
export type Service<Result> = (wasHeld: boolean, answersAfter: (ms: number) => void) => Promise<Result>;

/** One process: whatever it waits for comes through here, so here it can die or freeze. */
export interface SimulatedProcess {
  name: string;
  clock: TimerClock;
  storeTime: StoreTime;
  /** Sends a request and answers when the process hears the answer; never, once it is dead. */
  call<Result>(method: string, service: Service<Result>, args?: readonly unknown[]): Promise<Result>;
  /** The same port as this process reaches it. @param service chooses what the store does with a call. */
  reach<Port extends object>(name: string, port: Port, service: Interposer): Port;
  /** When a request that is made now leaves the process, by simulation time. */
  leavesAtMs(): number;
  isDead(): boolean;
  kill(why: string): void;
  /** Sleepers that were not woken yet. */
  sleepers(): number;
}

/** Stands between a call and the store. */
export type Interposer = (method: string, args: readonly unknown[], apply: () => Promise<unknown>) => Promise<unknown>;

export function createSimulatedProcess(options: ProcessOptions): SimulatedProcess {
  const { role, number, scheduler, random, strikes, trace } = options;
  const name = `${role}${number}`;
  const startMs = scheduler.nowMs();
  const never = new Promise<never>(() => {});
  let diedAtMs: number | undefined;
  let thawsAtMs = 0;
  let frozenAtMs = 0;
  /** How long the monotonic clock stood still before it was frozen last, and whether it stands still then. */
  let stalledMs = 0;
  let clockStops = false;
  let calls = 0;
  let sleeping = 0;

  /**
   * Something that this process does itself: not before it thaws, and never once it is dead.
   * @returns what calls it off.
   */
  function own(dueMs: number, action: () => void): () => void {
    let scheduled = scheduler.at(dueMs, run);
    function run(): void {
      if (diedAtMs !== undefined) return;
      if (scheduler.nowMs() < thawsAtMs) scheduled = scheduler.at(thawsAtMs, run);
      else action();
    }
    return () => scheduler.cancel(scheduled);
  }

  function kill(why: string): void {
    if (diedAtMs !== undefined) return;
    diedAtMs = scheduler.nowMs();
    trace?.(`${name} dies: ${why}`);
    options.onDeath(why);
  }

  function hit(strike: Strike, method: string): void {
    if (strike.kind === 'crash') {
      kill(`crash ${strike.when} ${method}`);
      return;
    }
    if (scheduler.nowMs() < thawsAtMs) return;
    if (clockStops) stalledMs += thawsAtMs - frozenAtMs;
    frozenAtMs = scheduler.nowMs();
    thawsAtMs = frozenAtMs + strike.forMs;
    clockStops = strike.clockStops;
    trace?.(`${name} freezes for ${strike.forMs} ms ${strike.when} ${method}`);
    options.onPause(strike.forMs);
  }

  /** A request's way to the other end, or an answer's back. */
  const wayMs = (): number => 1 + 4 * random.next();
  const leavesAtMs = (): number => Math.max(scheduler.nowMs(), thawsAtMs);

  function call<Result>(method: string, service: Service<Result>, args: readonly unknown[] = []): Promise<Result> {
    if (diedAtMs !== undefined) return never;
    const strike = strikes.next(role, number, ++calls, method);
    if (strike?.when === 'before') hit(strike, method);
    if (diedAtMs !== undefined) return never;
    const leaveMs = leavesAtMs();
    const wasHeld = leaveMs > scheduler.nowMs();
    let answerMs = 0;
    const answersAfter = (ms: number): void => {
      answerMs = ms;
    };
    return new Promise((resolve, reject) => {
      const hear = (action: () => void): void => {
        if (diedAtMs !== undefined) return;
        own(scheduler.nowMs() + answerMs + wayMs(), () => {
          if (strike?.when === 'after') hit(strike, method);
          // A process that freezes here hears the answer when it thaws.
          if (scheduler.nowMs() < thawsAtMs) own(thawsAtMs, action);
          else if (diedAtMs === undefined) action();
        });
      };
      scheduler.at(leaveMs + wayMs(), () => {
        if (diedAtMs !== undefined && diedAtMs <= leaveMs) return;
        trace?.(`${name} ${method} ${shortened(args)}`);
        service(wasHeld, answersAfter).then(
          (result) => {
            trace?.(`${name} ${method} answers ${shortened(result)}`);
            hear(() => resolve(result));
          },
          (error) => {
            trace?.(`${name} ${method} fails: ${error}`);
            hear(() => reject(error));
          },
        );
      });
    });
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (diedAtMs !== undefined) return never;
    const strike = strikes.next(role, number, ++calls, 'clock.sleep');
    if (strike) hit(strike, 'clock.sleep');
    if (diedAtMs !== undefined) return never;
    sleeping++;
    return new Promise((resolve, reject) => {
      const callOff = own(scheduler.nowMs() + Math.max(0, ms) + random.next(), () => {
        sleeping--;
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      function abort(): void {
        sleeping--;
        callOff();
        reject(signal?.reason);
      }
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  function startTimer(ms: number, action: () => void): () => void {
    if (diedAtMs !== undefined) return () => undefined;
    const strike = strikes.next(role, number, ++calls, 'clock.sleep');
    if (strike) hit(strike, 'clock.sleep');
    if (diedAtMs !== undefined) return () => undefined;
    sleeping++;
    let isOver = false;
    const over = (): boolean => {
      const wasOver = isOver;
      isOver = true;
      if (!wasOver) sleeping--;
      return wasOver;
    };
    const callOff = own(scheduler.nowMs() + Math.max(0, ms) + random.next(), () => void (over() || action()));
    return () => void (over() || callOff());
  }

  function monotonicMs(): number {
    const nowMs = scheduler.nowMs();
    const standsStillMs = clockStops ? Math.min(nowMs, thawsAtMs) - frozenAtMs : 0;
    return nowMs - startMs - stalledMs - standsStillMs;
  }
  const wallMs = (): number => Math.floor(epochMs + options.offsetMs + scheduler.nowMs());
  const measuredWallMs = wallMs();
  // As the adapter's: a frozen process may have a stopped monotonic clock, the larger of both elapsed times counts.
  const storeTime = (): number =>
    Math.round(epochMs + startMs + options.storeOffsetMs + Math.max(monotonicMs(), wallMs() - measuredWallMs));

  function reach<Port extends object>(portName: string, port: Port, interpose: Interposer): Port {
    const reached: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(port)) {
      const method = `${portName}.${key}`;
      reached[key] = (...args: unknown[]) => call(method, () => interpose(method, args, () => value(...args)), args);
    }
    return reached as Port;
  }

  return {
    name,
    clock: { monotonicMs, wallMs, sleep, startTimer },
    storeTime,
    call,
    reach,
    leavesAtMs,
    isDead: () => diedAtMs !== undefined,
    kill,
    sleepers: () => sleeping,
  };
}

const longestText = 200;

/** For the log: entries and rows fill pages, their beginning says enough. */
const shortened = (value: unknown): string => (JSON.stringify(value) ?? '').slice(0, longestText);
