import type { Bulletin, Clock, Logger } from '@quakewire/core';
import { createSeenVersions } from './seen-versions.ts';
import type { Parsed, SourceHealth } from './source.ts';

/** Counts and logs what a source hears, and hands each version of each event on once. */
export interface Tally {
  /** The feed said something. */
  heard(): void;
  /** Takes the parsed events of one message; one log line for all that were rejected. @returns how many were new. */
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

  return {
    heard() {
      lastHeardAtMs = clock.wallMs();
    },
    take(events, onBulletin) {
      const receivedAtMs = clock.wallMs();
      const parsedBefore = counts.parsed;
      const rejected: string[] = [];
      for (const event of events) {
        if ('skipped' in event) counts.skipped++;
        else if ('rejected' in event) rejected.push(event.rejected);
        else {
          // A version from the future must not make a feed look fresh that has stopped.
          const versionMs = Math.min(event.bulletin.version, receivedAtMs);
          newestVersionMs = Math.max(newestVersionMs ?? versionMs, versionMs);
          if (!seen.isNew(event.bulletin)) continue;
          counts.parsed++;
          onBulletin({ ...event.bulletin, receivedAtMs });
        }
      }
      counts.rejected += rejected.length;
      if (rejected.length > 0)
        logger.warn({ source, count: rejected.length, fields: [...new Set(rejected)] }, 'bulletins rejected');
      return counts.parsed - parsedBefore;
    },
    failed(reason) {
      counts.failures++;
      logger.warn({ source, reason }, 'feed failed');
    },
    health: () => ({ ...counts, listeningSinceMs, lastHeardAtMs, newestVersionMs }),
  };
}
