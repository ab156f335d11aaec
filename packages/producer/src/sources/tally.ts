import type { Bulletin, Clock, Logger } from '@quakewire/core';
import { createSeenVersions } from './seen-versions.ts';
import type { Parsed, SourceHealth } from './source.ts';

/** Counts and logs what a source hears, and hands each version of each event on once. */
export interface Tally {
  /** The feed said something. */
  heard(): void;
  /** The newest of what the feed lists was made then, by its own account. */
  newest(versionMs: number): void;
  /** One thing was handed on. */
  handedOn(): void;
  /** Names of fields, never values; one log line for all. */
  rejected(fields: readonly string[]): void;
  /** Takes the parsed events of one message. @returns how many were new. */
  take(events: readonly Parsed[], onBulletin: (bulletin: Bulletin) => void): number;
  /** An answer or a connection failed. `reason` never holds an address. */
  failed(reason: string): void;
  health(): SourceHealth;
}

export function createTally(source: string, clock: Clock, logger: Logger): Tally {
  const counts = { parsed: 0, skipped: 0, rejected: 0, failures: 0 };
  const listeningSinceMs = clock.wallMs();
  const seen = createSeenVersions();
  let lastHeardAtMs: number | undefined;
  let newestVersionMs: number | undefined;

  const tally: Tally = {
    heard() {
      lastHeardAtMs = clock.wallMs();
    },
    newest(versionMs) {
      // A version from the future must not make a feed look fresh that has stopped.
      newestVersionMs = Math.max(newestVersionMs ?? Number.NEGATIVE_INFINITY, Math.min(versionMs, clock.wallMs()));
    },
    handedOn() {
      counts.parsed++;
    },
    rejected(fields) {
      if (fields.length === 0) return;
      counts.rejected += fields.length;
      logger.warn({ source, count: fields.length, fields: [...new Set(fields)] }, 'bulletins rejected');
    },
    take(events, onBulletin) {
      const parsedBefore = counts.parsed;
      for (const event of events) {
        if ('skipped' in event) counts.skipped++;
        if (!('bulletin' in event)) continue;
        tally.newest(event.bulletin.version);
        if (!seen.isNew(event.bulletin)) continue;
        tally.handedOn();
        onBulletin({ ...event.bulletin, receivedAtMs: clock.wallMs() });
      }
      tally.rejected(events.flatMap((event) => ('rejected' in event ? [event.rejected] : [])));
      return counts.parsed - parsedBefore;
    },
    failed(reason) {
      counts.failures++;
      logger.warn({ source, reason }, 'feed failed');
    },
    health: () => ({ ...counts, listeningSinceMs, lastHeardAtMs, newestVersionMs }),
  };
  return tally;
}
