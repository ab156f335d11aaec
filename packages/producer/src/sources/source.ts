import type { Bulletin } from '@quakewire/core';

/** What a source has done and heard since it started. */
export interface SourceHealth {
  /** Bulletins handed on. */
  parsed: number;
  /** Well-formed, but not for us: another kind of event, no magnitude, an unknown action. */
  skipped: number;
  /** Malformed, oversized or impossible. */
  rejected: number;
  /** Answers or connections that failed. */
  failures: number;
  /** This machine's time of day when the source began to listen. */
  listeningSinceMs: number;
  /** This machine's time of day when the feed last said anything, also "nothing new"; undefined: never. */
  lastHeardAtMs: number | undefined;
  /** The newest version of any event that the feed listed, handed on or not; undefined: none yet. */
  newestVersionMs: number | undefined;
}

/** A feed of bulletins. Whatever it sends is counted and logged by the name of the field, never fatal. */
export interface Source {
  readonly name: string;
  /** Runs until aborted; resolves then, with every socket and timer gone. */
  run(onBulletin: (bulletin: Bulletin) => void, signal: AbortSignal): Promise<void>;
  health(): SourceHealth;
}

/** What parsing one event of a feed gave; `skipped` and `rejected` name the field. */
export type Parsed = { bulletin: Omit<Bulletin, 'receivedAtMs'> } | { skipped: string } | { rejected: string };
