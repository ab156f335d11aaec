import {
  type ChannelName,
  type Endpoint,
  type EndpointDirectory,
  type EndpointRow,
  epicentralDistanceKm,
  type Page,
  personOf,
  type Segment,
  type SegmentMap,
} from '@quakewire/core';
import { anAlert, anEndpoint, type SeededRandom } from '@quakewire/testing';
import type { Scenario } from '../scenario.ts';

/** Everybody in the world, by channel and cell. */
export interface People {
  directory: Pick<EndpointDirectory, 'readRange' | 'readRows'>;
  /** What a replica answers that has every change until then, by simulation time. */
  readRangeAsOf(asOfMs: number, channel: ChannelName, range: Page['range']): EndpointRow[];
  /** Opts out a share of a channel's people. */
  stop(channel: ChannelName, share: number, atMs: number): void;
  /** When somebody opted out in mid-simulation, by simulation time. */
  stoppedAtMs(endpointId: string): number | undefined;
  rowIds(channel: ChannelName, range: Page['range']): string[];
  /** Cuts a channel's endpoints anew. */
  cut(channel: ChannelName, version: number, pageEndpoints: number, segmentEndpoints: number): SegmentMap;
}

interface Cell {
  name: string;
  place: { latitude: number; longitude: number };
  rows: EndpointRow[];
}

const epicentre = anAlert().hypocentre;
const anybody = anEndpoint();

/** Who is told: nine of ten are concerned and in force; a few opted out before, a row here and there does not parse. */
function anyRow(number: number, cell: Cell, channel: ChannelName, random: SeededRandom): EndpointRow {
  const id = `${number.toString(16).padStart(12, '0')}0001`;
  const endpoint: Endpoint = {
    ...anybody,
    id,
    latitude: cell.place.latitude,
    longitude: cell.place.longitude,
    channel,
  };
  const sortKey = String(number).padStart(6, '0');
  const lot = random.next();
  if (lot < 0.005) return { sortKey, endpointId: id, unreadable: 'language' };
  endpoint.minimumIntensity = lot < 0.06 ? 11 : 1;
  if (lot > 0.97) endpoint.optedOut = true;
  else if (lot > 0.95) endpoint.validFromMs = Number.MAX_SAFE_INTEGER;
  return { sortKey, endpoint };
}

export function createPeople(scenario: Scenario, random: SeededRandom): People {
  const cells = new Map<ChannelName, Cell[]>();
  const stopped = new Map<string, number>();
  const lots = random.fork('backups');
  let number = 0;
  for (const channel of scenario.channels) {
    const own = Array.from(
      { length: scenario.cells },
      (_, at): Cell => ({
        name: `c${at}`,
        place: { latitude: epicentre.latitude + 0.2 * (at + 1), longitude: epicentre.longitude },
        rows: [],
      }),
    );
    cells.set(channel, own);
    for (let left = Math.floor(scenario.endpoints / scenario.channels.length); left > 0; left--) {
      const cell = own[random.between(0, own.length - 1)] as Cell;
      cell.rows.push(anyRow(number++, cell, channel, random));
    }
  }
  if (scenario.backups > 0) addBackups(cells, (row) => isReadable(row) && lots.chance(scenario.backups));
  const rowsIn = (channel: ChannelName, { cell, from, to }: Page['range']): EndpointRow[] =>
    (cells.get(channel)?.find(({ name }) => name === cell)?.rows ?? []).filter(
      ({ sortKey }) => sortKey >= from && sortKey < to,
    );

  return {
    directory: {
      readRange: async (channel, range) => rowsIn(channel, range),
      readRows: async (channel, keys) =>
        keys.flatMap(({ cell, sortKey }) =>
          rowsIn(channel, { cell, from: sortKey, to: '~' }).filter((row) => row.sortKey === sortKey),
        ),
    },
    readRangeAsOf: (asOfMs, channel, range) =>
      rowsIn(channel, range).map((row) => {
        const isStoppedSince = 'endpoint' in row && (stopped.get(row.endpoint.id) ?? 0) > asOfMs;
        return isStoppedSince ? { ...row, endpoint: { ...row.endpoint, optedOut: false } } : row;
      }),
    stop(channel, share, atMs) {
      for (const cell of cells.get(channel) ?? []) {
        // Rows are replaced, never changed: a reader keeps what it read.
        cell.rows = cell.rows.map((row) => {
          if (!('endpoint' in row) || row.endpoint.optedOut || !random.chance(share)) return row;
          stopped.set(row.endpoint.id, atMs);
          return { ...row, endpoint: { ...row.endpoint, optedOut: true } };
        });
      }
    },
    stoppedAtMs: (endpointId) => stopped.get(endpointId),
    rowIds: (channel, range) =>
      rowsIn(channel, range).map((row) => ('endpoint' in row ? row.endpoint.id : row.endpointId)),
    cut: (channel, version, pageEndpoints, segmentEndpoints) => ({
      channel,
      version,
      segments: cutSegments(cells.get(channel) ?? [], pageEndpoints, segmentEndpoints),
    }),
  };
}

type ReadableRow = Extract<EndpointRow, { endpoint: Endpoint }>;
const isReadable = (row: EndpointRow): row is ReadableRow => 'endpoint' in row;

/** Gives some who have SMS a second endpoint on Telegram, in the same cell, to be told only where SMS fails. */
function addBackups(cells: ReadonlyMap<ChannelName, Cell[]>, hasBackup: (row: EndpointRow) => boolean): void {
  for (const [at, cell] of (cells.get('sms') ?? []).entries()) {
    const other = cells.get('telegram')?.[at];
    cell.rows = cell.rows.map((row) => {
      if (!other || !hasBackup(row) || !isReadable(row)) return row;
      const { endpoint } = row;
      // The same person: the first six bytes.
      const id = `${personOf(endpoint.id)}0002`;
      const backup = { endpointId: id, cell: other.name, sortKey: `${row.sortKey}b` };
      const told: Endpoint = { ...endpoint, id, channel: 'telegram', isBackup: true };
      other.rows.push({ sortKey: backup.sortKey, endpoint: told });
      return { ...row, endpoint: { ...endpoint, backup } };
    });
    other?.rows.sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
  }
}

/** Pages within a cell each, as many in a row to a segment as it has room for. */
function cutSegments(cells: readonly Cell[], pageEndpoints: number, segmentEndpoints: number): Segment[] {
  const segments: Page[][] = [[]];
  let here = 0;
  for (const page of cells.flatMap((cell) => cutCell(cell, pageEndpoints))) {
    if (here > 0 && here + page.endpoints > segmentEndpoints) {
      segments.push([]);
      here = 0;
    }
    segments.at(-1)?.push(page);
    here += page.endpoints;
  }
  return segments.map((pages, id) => {
    const centre = pages[0]?.centre ?? epicentre;
    return { id, centre, radiusKm: epicentralDistanceKm(centre, pages.at(-1)?.centre ?? centre), pages };
  });
}

function cutCell({ name, place, rows }: Cell, pageEndpoints: number): Page[] {
  const pages = Math.max(1, Math.ceil(rows.length / pageEndpoints));
  const bound = (page: number): string => rows[Math.ceil((page * rows.length) / pages)]?.sortKey ?? '~';
  return Array.from({ length: pages }, (_, page) => ({
    range: { cell: name, from: page === 0 ? '' : bound(page), to: page === pages - 1 ? '~' : bound(page + 1) },
    centre: place,
    endpoints: Math.ceil(rows.length / pages),
  }));
}
