import type { Bulletin, Clock, Logger } from '@quakewire/core';
import { createBackoff } from './backoff.ts';
import { type Answer, type Bounds, fetchBounded, type Validators } from './fetch-bounded.ts';
import type { Parsed, Source } from './source.ts';
import { createTally } from './tally.ts';
import { parseUsgsAnswer } from './usgs-answer.ts';

export interface FeedDeps {
  url: URL;
  clock: Clock;
  random: () => number;
  logger: Logger;
}

const periodMs = 1_000;
const bounds: Bounds = { largestBytes: 16 * 1024 * 1024, timeoutMs: 10_000 };
const slowestPeriodMs = 30_000;

/** USGS GeoJSON summary, asked each second with validators; hands on each version of each event once. */
export function createUsgsFeed({ url, clock, random, logger }: FeedDeps): Source {
  const tally = createTally('usgs', clock, logger);
  const backoff = createBackoff(periodMs, slowestPeriodMs, random);
  /** Only grows: a feed that shrinks and comes back must not repeat itself. */
  const newestVersions = new Map<string, number>();

  function isNew(event: Parsed): boolean {
    if (!('bulletin' in event)) return true;
    const { id, version } = event.bulletin;
    if ((newestVersions.get(id) ?? Number.NEGATIVE_INFINITY) >= version) return false;
    newestVersions.set(id, version);
    return true;
  }

  /** Milliseconds until the next question. */
  function take(answer: Answer, onBulletin: (bulletin: Bulletin) => void): number {
    if (answer.kind === 'failed') {
      tally.failed(answer.reason);
      return Math.max(answer.retryAfterMs ?? 0, periodMs + backoff.nextMs());
    }
    backoff.reset();
    tally.heard();
    if (answer.kind === 'changed') tally.take(parseUsgsAnswer(answer.text).filter(isNew), onBulletin);
    return periodMs;
  }

  return {
    name: 'usgs',
    async run(onBulletin, signal) {
      let validators: Validators = {};
      while (!signal.aborted) {
        const askedAtMs = clock.monotonicMs();
        const answer = await fetchBounded(url, validators, bounds, signal);
        if (signal.aborted) return;
        if (answer.kind === 'changed') validators = answer.validators;
        const waitMs = take(answer, onBulletin) - (clock.monotonicMs() - askedAtMs);
        await clock.sleep(Math.max(0, waitMs), signal).catch(() => undefined);
      }
    },
    health: tally.health,
  };
}
