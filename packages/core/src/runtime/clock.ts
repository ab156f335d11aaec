/**
 * Time as the use cases see it. Leases are judged by `monotonicMs` and `wallMs` together and never by a time of day
 * of another machine; only expiry needs `storeNowMs`.
 */
export interface Clock {
  /** Milliseconds from an arbitrary start that never jump back; may stand still while a process is frozen. */
  monotonicMs(): number;
  /** This machine's time of day in milliseconds since the epoch; may jump. */
  wallMs(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A clock for time-outs that hardly ever happen: a timer costs a fraction of a sleep with a signal. */
export interface TimerClock extends Clock {
  /** Calls `action` once after `ms`, unless what this answers is called before. */
  startTimer(ms: number, action: () => void): () => void;
}

/** Time of day corrected to the store's clock, in milliseconds since the epoch (error below 0.5 s + half a round trip, soon far less). */
export type StoreTime = () => number;
