import type { RowKey } from '../../endpoint.ts';
import type { PageRecord, QueuePlace } from '../ledger.ts';
import type { RunKey } from '../run.ts';
import { handedRows, type QueueKey, rowsToQueue } from './rows-to-queue.ts';

/** What the pages of one place (a page of the map, and the replays of it) handed to one queue, and what stands there. */
export interface HandOver {
  key: QueueKey;
  /** Rows that were handed over from outside the queue. */
  handed: readonly RowKey[];
  batches: readonly PageRecord[];
}

/** Somebody was handed over and does not stand in the queue yet. */
export const isIncomplete = ({ handed, batches }: HandOver): boolean => rowsToQueue(handed, batches).length > 0;

/**
 * Hand-overs to one queue, place by place.
 * @param target the run that the queue belongs to.
 * @param sources the pages that may have handed endpoints over, from outside the queue.
 * @param queued pages of the target's queues.
 */
export function handOversTo(
  target: RunKey,
  queue: QueuePlace['queue'],
  sources: readonly PageRecord[],
  queued: readonly PageRecord[],
): HandOver[] {
  const places = new Map<string, { key: QueueKey; handed: RowKey[]; batches: PageRecord[] }>();
  const placeOf = ({ key: { segmentId, page } }: PageRecord) => {
    const name = `${segmentId}/${page}`;
    const { earthquakeId, seq, channel } = target;
    const place = places.get(name) ?? {
      ...{ key: { earthquakeId, seq, channel, segmentId, page, queue }, handed: [], batches: [] },
    };
    places.set(name, place);
    return place;
  };
  for (const page of sources) {
    const rows = handedRows(page, queue);
    if (rows.length > 0) placeOf(page).handed.push(...rows);
  }
  for (const page of queued) if (page.key.queued?.queue === queue) placeOf(page).batches.push(page);
  return [...places.values()];
}
