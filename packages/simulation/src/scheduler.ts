/** Something that will happen; it may be called off until it does. */
export interface Scheduled {
  /** Undefined when it was called off. */
  action: (() => void) | undefined;
}

/** How a simulation ended. */
export type Ending = 'over' | 'nothingScheduled' | 'timeIsUp' | 'tooManySteps';

/** The one thing that decides what happens next: virtual time, and a seeded choice between what is due at the same time. */
export interface Scheduler {
  /** Milliseconds since the simulation began. */
  nowMs(): number;
  at(dueMs: number, action: () => void): Scheduled;
  after(ms: number, action: () => void): Scheduled;
  cancel(scheduled: Scheduled): void;
  /** Runs one event after the other, each to the last of its promises, until `isOver`. @throws what an event throws. */
  run(isOver: () => boolean, limits: { untilMs: number; steps: number }): Promise<Ending>;
  steps(): number;
}

interface Event extends Scheduled {
  dueMs: number;
  /** Decides between events that are due at the same time. */
  tie: number;
}

const isBefore = (a: Event, b: Event): boolean => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.tie < b.tie);

/** @param tieBreaker at least 0, below 1, from the seed. */
export function createScheduler(tieBreaker: () => number): Scheduler {
  const heap: Event[] = [];
  let nowMs = 0;
  let steps = 0;

  function push(event: Event): void {
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(event, heap[parent] as Event)) break;
      heap[at] = heap[parent] as Event;
      at = parent;
    }
    heap[at] = event;
  }

  function pop(): Event | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || first === last) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Event, heap[child] as Event)) child++;
      if (!isBefore(heap[child] as Event, last)) break;
      heap[at] = heap[child] as Event;
      at = child;
    }
    heap[at] = last;
    return first;
  }

  function at(dueMs: number, action: () => void): Scheduled {
    const event: Event = { dueMs: Math.max(dueMs, nowMs), tie: tieBreaker(), action };
    push(event);
    return event;
  }

  /** The next event that was not called off. */
  function next(): Event | undefined {
    let event = pop();
    while (event && !event.action) event = pop();
    return event;
  }

  return {
    nowMs: () => nowMs,
    at,
    after: (ms, action) => at(nowMs + ms, action),
    cancel(scheduled) {
      scheduled.action = undefined;
    },
    steps: () => steps,
    run: (isOver, limits) =>
      new Promise((resolve, reject) => {
        /** How it ended, if it did. */
        function play(): Ending | undefined {
          if (isOver()) return 'over';
          const event = next();
          if (!event) return 'nothingScheduled';
          if (event.dueMs > limits.untilMs) return 'timeIsUp';
          if (++steps > limits.steps) return 'tooManySteps';
          nowMs = event.dueMs;
          event.action?.();
          return undefined;
        }
        function step(): void {
          try {
            const ending = play();
            if (ending) resolve(ending);
            else whenSettled(step);
          } catch (error) {
            reject(error);
          }
        }
        whenSettled(step);
      }),
  };
}

/** A tick that a microtask asks for comes when no microtask is left: by then every promise that can settle has settled. */
const whenSettled = (step: () => void): void => void resolved.then(() => process.nextTick(step));
/** Its reactions cost less than `queueMicrotask`, which keeps a record of each. */
const resolved = Promise.resolve();
