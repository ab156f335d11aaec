import type { Clock } from '../../runtime/clock.ts';

/** Work that goes on beside the pages and ends with the worker. */
export interface Background {
  /** Runs `task` every `periodMs` until the worker ends; the first time after one period. */
  every(periodMs: number, task: () => Promise<void>): void;
  /** Stops all tasks and resolves when none is running any more: no timer and no promise survives. */
  end(): Promise<void>;
}

/** @param onError gets what a task threw; the task goes on at its next time. */
export function createBackground(clock: Clock, onError: (error: unknown) => void): Background {
  const stop = new AbortController();
  const loops: Promise<void>[] = [];

  async function repeat(periodMs: number, task: () => Promise<void>): Promise<void> {
    for (;;) {
      const stopped = await clock.sleep(periodMs, stop.signal).then(
        () => false,
        () => true,
      );
      if (stopped) return;
      await task().catch(onError);
    }
  }

  return {
    every: (periodMs, task) => void loops.push(repeat(periodMs, task)),
    async end() {
      // With a reason: without one an error with its stack is made, to be thrown away.
      stop.abort('the worker ends');
      await Promise.all(loops);
    },
  };
}
