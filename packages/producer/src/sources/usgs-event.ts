import type { Bulletin } from '@quakewire/core';
import { type Bounds, fetchBounded } from './fetch-bounded.ts';
import type { Parsed } from './source.ts';
import { parseUsgsEvent } from './usgs-answer.ts';

/** A detail lists every product of the event. */
const bounds: Bounds = { largestBytes: 4 * 1024 * 1024, timeoutMs: 10_000 };

/** The service says the event was deleted by `409 Conflict`; no content and "not found" say nothing about a deletion. */
const deletedStatus = 409;
const unknownStatuses = [204, 404];

export type UsgsEventAnswer = { event: Parsed } | 'unknown' | { failed: string };

/** Asks USGS's FDSN event service (`url`: its query address) about one event by its id. */
export async function askUsgsEvent(
  url: URL,
  known: Omit<Bulletin, 'receivedAtMs'>,
  signal: AbortSignal,
): Promise<UsgsEventAnswer> {
  const query = new URL(url);
  query.searchParams.set('format', 'geojson');
  query.searchParams.set('eventid', known.id);
  const answer = await fetchBounded(query, {}, bounds, signal);
  if (answer.kind === 'unchanged') return { failed: 'unasked 304' };
  if (answer.kind === 'failed') {
    if (answer.status === deletedStatus) return { event: { bulletin: { ...known, status: 'deleted' } } };
    return unknownStatuses.includes(answer.status ?? 0) ? 'unknown' : { failed: answer.reason };
  }
  const event = parseUsgsEvent(answer.text);
  // An answer about another event proves nothing about this one.
  if ('bulletin' in event && !event.bulletin.ids.includes(known.id)) return { event: { rejected: 'id' } };
  return { event };
}
