import type { TimerClock } from '@quakewire/core';

/** Virtual time: it stands still while anything can run, then jumps to the next sleeper. */
export interface StepClock extends TimerClock {
  /** Lets everything run, time jumping from sleeper to sleeper, until `done` settles; answers as `done` does. */
  until<Result>(done: Promise<Result>): Promise<Result>;
  /** Lets everything run for so long, in milliseconds. */
  advance(ms: number): Promise<void>;
  /** Sleepers that are waiting now: 0 when all work ended without leaving a timer behind. */
  sleepers(): number;
  /** The same time as seen by a machine whose time of day is off by so much. */
  skewed(offsetMs: number): TimerClock;
}

interface Sleeper {
  dueMs: number;
  order: number;
  wake(): void;
}

/** One turn of the event loop: by then every promise that can settle has settled. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @param startMs time of day at the start; the monotonic clock starts at 0. */
export function createStepClock(startMs = 1_745_401_800_000): StepClock {
  const waiting: Sleeper[] = [];
  let elapsedMs = 0;
  let order = 0;

  const clock = (offsetMs: number): TimerClock => ({
    monotonicMs: () => elapsedMs,
    wallMs: () => startMs + offsetMs + elapsedMs,
    sleep: (ms, signal) => {
      if (signal?.aborted) return Promise.reject(signal.reason);
      return new Promise((resolve, reject) => {
        const sleeper: Sleeper = { dueMs: elapsedMs + Math.max(0, ms), order: order++, wake };
        function abort(): void {
          waiting.splice(waiting.indexOf(sleeper), 1);
          reject(signal?.reason);
        }
        function wake(): void {
          signal?.removeEventListener('abort', abort);
          resolve();
        }
        signal?.addEventListener('abort', abort, { once: true });
        insert(sleeper);
      });
    },
    startTimer: (ms, action) => {
      const sleeper: Sleeper = { dueMs: elapsedMs + Math.max(0, ms), order: order++, wake: action };
      insert(sleeper);
      return () => {
        const at = waiting.indexOf(sleeper);
        if (at >= 0) waiting.splice(at, 1);
      };
    },
  });

  function insert(sleeper: Sleeper): void {
    let at = waiting.length;
    while (at > 0 && (waiting[at - 1]?.dueMs ?? 0) > sleeper.dueMs) at--;
    waiting.splice(at, 0, sleeper);
  }

  /** Wakes the next sleeper that is due by `limitMs`; false when there is none. */
  function step(limitMs: number): boolean {
    const next = waiting[0];
    if (!next || next.dueMs > limitMs) return false;
    waiting.shift();
    elapsedMs = Math.max(elapsedMs, next.dueMs);
    next.wake();
    return true;
  }

  return {
    ...clock(0),
    async until(done) {
      let isDone = false;
      const finish = (): void => {
        isDone = true;
      };
      done.then(finish, finish);
      for (;;) {
        await settled();
        if (isDone) return done;
        if (!step(Number.POSITIVE_INFINITY)) throw new Error('everything waits and nobody sleeps: this never ends');
      }
    },
    async advance(ms) {
      const targetMs = elapsedMs + ms;
      do await settled();
      while (step(targetMs));
      elapsedMs = targetMs;
    },
    sleepers: () => waiting.length,
    skewed: clock,
  };
}
