import type { Bulletin, Clock, Logger } from '@quakewire/core';
import type { Parsed, SourceHealth } from './source.ts';

/** Counts and logs what a source hears, and hands the bulletins on. */
export interface Tally {
  /** The feed said something. */
  heard(): void;
  /** Takes the parsed events of one message; one log line for all that were rejected. */
  take(events: readonly Parsed[], onBulletin: (bulletin: Bulletin) => void): void;
  /** An answer or a connection failed. `reason` never holds an address. */
  failed(reason: string): void;
  health(): SourceHealth;
}

export function createTally(source: string, clock: Clock, logger: Logger): Tally {
  const counts = { parsed: 0, skipped: 0, rejected: 0, failures: 0 };
  let lastHeardAtMs: number | undefined;
  return {
    heard() {
      lastHeardAtMs = clock.wallMs();
    },
    take(events, onBulletin) {
      const receivedAtMs = clock.wallMs();
      const rejected: string[] = [];
      for (const event of events) {
        if ('skipped' in event) counts.skipped++;
        else if ('rejected' in event) rejected.push(event.rejected);
        else {
          counts.parsed++;
          onBulletin({ ...event.bulletin, receivedAtMs });
        }
      }
      counts.rejected += rejected.length;
      if (rejected.length > 0)
        logger.warn({ source, count: rejected.length, fields: [...new Set(rejected)] }, 'bulletins rejected');
    },
    failed(reason) {
      counts.failures++;
      logger.warn({ source, reason }, 'feed failed');
    },
    health: () => ({ ...counts, lastHeardAtMs }),
  };
}
