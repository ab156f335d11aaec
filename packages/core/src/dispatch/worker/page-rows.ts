import type { ChannelName } from '../../channel/channel.ts';
import type { RowKey } from '../../endpoint.ts';
import type { EndpointRow } from '../../endpoint-directory.ts';
import { createHold, type Elapsed } from '../lease-time.ts';
import type { PageRecord } from '../ledger.ts';
import type { PageRange } from '../segment-map.ts';
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

/** Where a page's rows are kept: a range of the run's map, or row by row where endpoints were handed over. */
export type RowSource = { range: PageRange } | { keys: readonly RowKey[]; areBackups: boolean };

export const rowsOfQueued = ({ key, rows = [] }: PageRecord): RowSource => ({
  keys: rows,
  areBackups: key.queued?.queue === 'backup',
});

export async function readPageRows(
  { endpoints, clock }: Pick<WorkerPorts, 'endpoints' | 'clock'>,
  channel: ChannelName,
  source: RowSource,
): Promise<PageRows> {
  const age = createHold(clock);
  const all =
    'range' in source
      ? await endpoints.readRange(channel, source.range)
      : (await endpoints.readRows(channel, source.keys)).filter((row) => isStill(source, row));
  return { all, byId: new Map(all.map((row) => ['endpoint' in row ? row.endpoint.id : row.endpointId, row])), age };
}

/** Who is no longer a backup is told by a run of their own; who has become one, only as such. */
const isStill = ({ areBackups }: { areBackups: boolean }, row: EndpointRow): boolean =>
  'unreadable' in row || (row.endpoint.isBackup ?? false) === areBackups;
