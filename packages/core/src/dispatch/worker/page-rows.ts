import type { EndpointRow } from '../../endpoint-directory.ts';
import { createHold, type Elapsed } from '../lease-time.ts';
import type { RunView } from './run-view.ts';
import type { WorkerPorts } from './worker-ports.ts';

/** A page's rows as they were at one moment. */
export interface PageRows {
  all: readonly EndpointRow[];
  byId: ReadonlyMap<string, EndpointRow>;
  /** Since they were asked for. */
  age: Elapsed;
}

/** Rows this old are read again before the next send, so that whoever opts out is left alone within 5 s. */
export const freshMs = 3_000;
/** No send starts on rows older than this. */
export const oldestMs = 4_000;

export async function readPageRows(
  { endpoints, clock }: Pick<WorkerPorts, 'endpoints' | 'clock'>,
  view: RunView,
  rank: number,
  page: number,
): Promise<PageRows> {
  const age = createHold(clock);
  const all = await endpoints.readRange(view.key.channel, view.page(rank, page).range);
  return { all, byId: new Map(all.map((row) => ['endpoint' in row ? row.endpoint.id : row.endpointId, row])), age };
}
