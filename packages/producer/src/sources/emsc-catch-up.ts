import type { Clock } from '@quakewire/core';
import { parseEmscAnswer } from './emsc-answer.ts';
import { type Bounds, fetchBounded } from './fetch-bounded.ts';
import type { Parsed } from './source.ts';

/**
 * Origins as old as this are asked for, however short the gap was: what the socket said meanwhile may be a revision of
 * an earlier earthquake. Policy tells of nothing older (see `update.untilSeconds`).
 */
const windowMs = 3 * 3_600_000;
/** EMSC lists some 20 earthquakes an hour; the newest come first. */
const mostEvents = 500;
const bounds: Bounds = { largestBytes: 2 * 1024 * 1024, timeoutMs: 10_000 };

export type CaughtUp = { events: readonly Parsed[] } | { failed: string };

/** Asks EMSC's FDSN event service (`url`: its query address) for everything that the socket may have missed. */
export function createEmscCatchUp(url: URL, clock: Clock): (signal: AbortSignal) => Promise<CaughtUp> {
  return async (signal) => {
    const query = new URL(url);
    const starttime = new Date(clock.wallMs() - windowMs).toISOString().slice(0, 19);
    for (const [name, value] of Object.entries({ format: 'json', limit: String(mostEvents), starttime }))
      query.searchParams.set(name, value);
    const answer = await fetchBounded(query, {}, bounds, signal);
    if (answer.kind === 'changed') return { events: parseEmscAnswer(answer.text) };
    // FDSN's answer to a query that matches nothing.
    if (answer.kind === 'failed' && answer.status === 204) return { events: [] };
    return { failed: answer.kind === 'failed' ? answer.reason : 'unasked 304' };
  };
}
