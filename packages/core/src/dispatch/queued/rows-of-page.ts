import type { RowKey } from '../../endpoint.ts';
import type { EndpointDirectory, EndpointRow } from '../../endpoint-directory.ts';
import type { PageRecord } from '../ledger.ts';
import type { Run } from '../run.ts';
import type { SegmentMapStore } from '../segment-map.ts';

export interface RowsPorts {
  maps: Pick<SegmentMapStore, 'read'>;
  endpoints: Pick<EndpointDirectory, 'readRange' | 'readRows'>;
}

/** A row as it is now, and where it is kept. */
export interface KeptRow {
  key: RowKey;
  row: EndpointRow;
}

/** The rows of a page by endpoint id, those that are still there. @throws when the run's map is no longer kept. */
export async function readRowsOf(
  { key, rows }: PageRecord,
  run: Run,
  { maps, endpoints }: RowsPorts,
): Promise<ReadonlyMap<string, KeptRow>> {
  if (rows) {
    const found = await endpoints.readRows(key.channel, rows);
    const keys = new Map(rows.map((row) => [row.endpointId, row]));
    return byId(found, (row) => keys.get(idOf(row)));
  }
  const map = await maps.read(key.channel, run.mapVersion);
  const range = map.segments.find(({ id }) => id === key.segmentId)?.pages[key.page]?.range;
  if (!range) return new Map();
  const found = await endpoints.readRange(key.channel, range);
  return byId(found, (row) => ({ endpointId: idOf(row), cell: range.cell, sortKey: row.sortKey }));
}

const idOf = (row: EndpointRow): string => ('endpoint' in row ? row.endpoint.id : row.endpointId);

const byId = (
  rows: readonly EndpointRow[],
  keyOf: (row: EndpointRow) => RowKey | undefined,
): ReadonlyMap<string, KeptRow> =>
  new Map(
    rows.flatMap((row) => {
      const key = keyOf(row);
      return key ? [[idOf(row), { key, row }]] : [];
    }),
  );
