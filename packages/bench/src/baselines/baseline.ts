import type { Entry, Run, Shift, WakeUp, WorkerPorts } from '@quakewire/core';

/** An earlier design of the dispatch, kept to measure ours against. Never deployed. */
export interface Baseline {
  /**
   * Works on the wake-up's segment, and only on that one, until it is done, another is at it or time is up.
   * @throws what a store throws: the record comes again.
   */
  work(wakeUp: WakeUp, shift: Shift): Promise<void>;
  readRecords(run: Run): Promise<Records>;
}

/** What a design's own records say of a run, everybody concerned or not; `open` = they say nothing. */
export interface Records {
  entries: Entry[];
  /** Somebody may be at work on one of them: they are not final yet. */
  isAnyoneAtWork: boolean;
}

/** What a worker of either design touches, next to its own store. A product's worker has the same and more. */
export interface BaselinePorts
  extends Pick<
    WorkerPorts,
    'runs' | 'maps' | 'channel' | 'clock' | 'storeTime' | 'openAddress' | 'concerns' | 'renderText'
  > {
  /** Messages a second of one worker: neither design shares a budget, so each worker has a fixed part of the rate. */
  ratePerWorker: number;
}
