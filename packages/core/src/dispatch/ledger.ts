import type { RowKey } from '../endpoint.ts';
import type { Outcome } from './outcome.ts';
import type { RunKey } from './run.ts';

/** One page of one run: claim, intent, fence and outcomes are one item under this key. */
export interface PageKey extends RunKey {
  segmentId: number;
  page: number;
  /** Left out on a page of the run's map. Else segment and page name the page that handed its endpoints over. */
  queued?: QueuePlace | undefined;
}

/**
 * Where a page of handed-over endpoints stands in its run: `backup` = another channel failed to tell them, `replay` = a
 * dead letter of this channel was replayed. `batch` counts those of one page from 0.
 */
export interface QueuePlace {
  queue: 'backup' | 'replay';
  batch: number;
}

/** One endpoint's line in a page item. */
export interface Entry {
  endpointId: string;
  outcome: Outcome;
  reason?: string;
  /** The provider's id of an accepted message. */
  messageId?: string;
  /** Store time of the send, milliseconds since the epoch (kept in steps of 10 ms). */
  sentAtMs?: number;
  /** Only with `handedToBackup` and `replayed`: the row that is told instead, the backup's or the endpoint's own. */
  handedTo?: RowKey;
}

/** inFlight -> settled | handedBack; handedBack, queued -> inFlight; void and settled are final (codes may gain truth). */
export type PageState = 'inFlight' | 'handedBack' | 'settled' | 'void' | 'queued';

export interface PageRecord {
  key: PageKey;
  state: PageState;
  /** Fencing token: grows by one with every change of holder. */
  epoch: number;
  /** Grows with every sign of life of the holder. */
  beat: number;
  /** A fresh nonce per claim, never a worker's name. */
  owner: string;
  /** Unknown endpoints were given their one re-send. */
  resent: boolean;
  /** ALL rows of the page, also those that are not told. */
  entries: readonly Entry[];
  /** Grows with every change after `settled`. */
  version: number;
  /** Only on `void`: rows of the page, and how many of them were not concerned. */
  voidRows?: number;
  voidNotConcerned?: number;
  /** Only on a queued page: where the rows of its endpoints are kept. */
  rows?: readonly RowKey[];
}

/** The answer to a conditional write; `found` is the item as it is when the condition failed (undefined: no item). */
export type Written = { applied: true } | { applied: false; found: PageRecord | undefined };

/** What fences a holder's writes. */
export interface Holding {
  key: PageKey;
  epoch: number;
  owner: string;
}

/**
 * The page items. Every write is conditional; a failed condition whose item carries my owner and my epoch means "already
 * applied" and is reported as applied. A call that got no answer at all is settled by one strong read; if that fails too
 * it throws `LedgerUnreachable` and the worker stops.
 */
export interface Ledger {
  /** First claim: if there is no item. Before any send. */
  claim(key: PageKey, owner: string, entries: readonly Entry[]): Promise<Written>;
  /** Writes a page on which nobody is to be told (any more) at once as settled, if there is no item: no claim, no send. */
  settleUnsent(key: PageKey, owner: string, entries: readonly Entry[]): Promise<Written>;
  /** Claim of a page that was handed back or queued, at once, if `epoch` is unchanged; epoch becomes `epoch + 1`. */
  reclaim(key: PageKey, epoch: number, owner: string, entries: readonly Entry[]): Promise<Written>;
  /** Sign of life; renews the hold from the instant this was issued. */
  beat(holding: Holding): Promise<Written>;
  /** Outcomes of what is known so far, before attempt 2 and 3; also a sign of life. */
  markRetry(holding: Holding, entries: readonly Entry[]): Promise<Written>;
  /** `handedBack` if an entry is still `notTried`, else `settled`. */
  settle(holding: Holding, entries: readonly Entry[]): Promise<Written>;
  /** Takes over an unchanged page without sending: `open` and `retrying` become `unknown`; settled. */
  takeAsUnknown(seen: PageRecord, owner: string): Promise<Written>;
  /** Takes over an unchanged page for its one re-send; refused when it was re-sent before. */
  takeForResend(seen: PageRecord, owner: string): Promise<Written>;
  /** A later seq's worker voids a page that nobody was told on. */
  seal(key: PageKey, rows: number, notConcerned: number): Promise<Written>;
  /** A later seq's worker settles a page that was handed back or queued: `notTried` becomes `superseded`. */
  sealHandedBack(seen: PageRecord): Promise<Written>;
  /** Removes a first claim that has sent nothing. */
  giveBack(holding: Holding): Promise<Written>;
  /** A holder refused at settle adds what it knows: only `unknown` to `accepted` or `rejected`, never after a re-send. */
  addLateTruth(seen: PageRecord, entries: readonly Entry[]): Promise<Written>;
  /** What receipts and replays change on a settled page, if nothing did since it was seen; `version` grows by one. */
  amend(seen: PageRecord, entries: readonly Entry[]): Promise<Written>;
  /**
   * Puts a page of handed-over endpoints, if its place is free: `notTried` = queued, to be reclaimed; `superseded` = a
   * later alert took its place already, so it is settled at once.
   */
  queue(key: PageKey, rows: readonly RowKey[], outcome: 'notTried' | 'superseded'): Promise<Written>;
  read(key: PageKey): Promise<PageRecord | undefined>;
  /** All page items of a segment in one run, eventually consistent unless `strong`. */
  readSegment(key: RunKey, segmentId: number, strong?: boolean): Promise<PageRecord[]>;
  /** All queued page items of a run, by the page that they came from, then by batch. */
  readQueued(key: RunKey): Promise<PageRecord[]>;
}

/** The ledger gave no answer, and the strong read that should have told what happened did not either. */
export class LedgerUnreachable extends Error {
  override readonly name = 'LedgerUnreachable';
}
