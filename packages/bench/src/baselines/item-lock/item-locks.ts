import type { ChannelName, EndpointRow, Outcome, PageRange } from '@quakewire/core';

/** The lock that every endpoint's row carries: it knows the last run only. */
export interface ItemLock {
  version: number;
  /** The run that locked it last; `outcome` is what became of that. */
  run?: string;
  outcome?: Outcome;
}

export interface LockedRow {
  row: EndpointRow;
  cell: string;
  lock: ItemLock;
}

/** Endpoint rows with a lock on each. */
export interface ItemLocks {
  /** Every row of a page range in key order, eventually consistent. */
  readRange(channel: ChannelName, range: PageRange): Promise<LockedRow[]>;
  /** Locks a row for a run if it is as `seen` and that run has not locked it before; false: somebody was first. */
  lock(channel: ChannelName, seen: LockedRow, run: string, nowMs: number): Promise<boolean>;
  /** Writes what became of the row that was locked at `seen`; refused when it was locked again since. */
  record(channel: ChannelName, seen: LockedRow, outcome: Outcome): Promise<boolean>;
}
