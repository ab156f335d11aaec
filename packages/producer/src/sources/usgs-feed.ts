import type { Bulletin } from '@quakewire/core';
import { createBackoff } from './backoff.ts';
import type { FeedDeps } from './feed-deps.ts';
import { type Answer, type Bounds, fetchBounded, type Validators } from './fetch-bounded.ts';
import type { Source } from './source.ts';
import { createTally } from './tally.ts';
import { parseUsgsAnswer } from './usgs-answer.ts';
import { askUsgsEvent } from './usgs-event.ts';
import { createUsgsQuestions } from './usgs-questions.ts';

export interface UsgsDeps extends FeedDeps {
  /** A GeoJSON summary. */
  summary: URL;
  /** The query address of USGS's FDSN event service, asked about events that left the summary. */
  events: URL;
}

const periodMs = 1_000;
const bounds: Bounds = { largestBytes: 16 * 1024 * 1024, timeoutMs: 10_000 };
const slowestPeriodMs = 30_000;

/**
 * USGS GeoJSON summary, asked each second with validators. Deletions show only as absence: an event that is no longer
 * listed is asked about by its id, and retracted only where the answer says that it was deleted.
 */
export function createUsgsFeed({ summary, events, clock, random, logger }: UsgsDeps): Source {
  const tally = createTally('usgs', clock, logger);
  const backoff = createBackoff(periodMs, slowestPeriodMs, random);
  const questions = createUsgsQuestions(clock);

  /** Milliseconds until the next question. */
  function take(answer: Answer, onBulletin: (bulletin: Bulletin) => void): number {
    if (answer.kind === 'failed') {
      tally.failed(answer.reason);
      return Math.max(answer.retryAfterMs ?? 0, periodMs + backoff.nextMs());
    }
    backoff.reset();
    tally.heard();
    if (answer.kind === 'unchanged') return periodMs;
    const parsed = parseUsgsAnswer(answer.text);
    tally.take(parsed, onBulletin);
    // What is no summary at all proves no absence.
    const isReadable = parsed.length === 0 || parsed.some((event) => !('rejected' in event));
    if (isReadable) questions.listed(parsed.flatMap((event) => ('bulletin' in event ? [event.bulletin] : [])));
    return periodMs;
  }

  async function askAboutOne(onBulletin: (bulletin: Bulletin) => void, signal: AbortSignal): Promise<void> {
    const known = questions.next();
    if (!known) return;
    const answer = await askUsgsEvent(events, known, signal);
    if (signal.aborted || answer === 'unknown') return;
    if ('failed' in answer) return tally.failed(`event by id: ${answer.failed}`);
    tally.take([answer.event], onBulletin);
    if ('bulletin' in answer.event && answer.event.bulletin.status === 'deleted') questions.settled(known);
  }

  return {
    name: 'usgs',
    async run(onBulletin, signal) {
      let validators: Validators = {};
      let asking: Promise<void> | undefined;
      while (!signal.aborted) {
        const askedAtMs = clock.monotonicMs();
        const answer = await fetchBounded(summary, validators, bounds, signal);
        if (signal.aborted) break;
        if (answer.kind === 'changed') validators = answer.validators;
        const waitMs = take(answer, onBulletin) - (clock.monotonicMs() - askedAtMs);
        // Beside the summary, never before it: a slow service must not hold up what is new.
        asking ??= askAboutOne(onBulletin, signal).finally(() => {
          asking = undefined;
        });
        await clock.sleep(Math.max(0, waitMs), signal).catch(() => undefined);
      }
      await asking;
    },
    health: tally.health,
  };
}
