import {
  type ChannelName,
  type Endpoint,
  type EndpointDirectory,
  type EndpointPlaces,
  type EndpointRow,
  type EndpointWriter,
  type Place,
  type PlacedKey,
  unknownCountry,
} from '@quakewire/core';

const batchSize = 100;

export interface InMemoryEndpoints extends EndpointDirectory, EndpointWriter, EndpointPlaces {
  /** Makes a row unreadable in place. */
  spoil(channel: ChannelName, cell: string, sortKey: string): Promise<void>;
}

/** Endpoints in cells of one degree; keys sort as those of the real table: coarse cell, fine cell, id. */
export function createInMemoryEndpoints(initial: readonly Endpoint[] = []): InMemoryEndpoints {
  const cells = new Map<string, Map<string, EndpointRow>>();
  const rowsOf = (channel: ChannelName, cell: string): EndpointRow[] =>
    [...(cells.get(`${channel}#${cell}`)?.values() ?? [])].sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
  const putOne = (endpoint: Endpoint): void => {
    const { cell, sortKey } = keyOf(endpoint);
    const name = `${endpoint.channel}#${cell}`;
    const rows = cells.get(name) ?? new Map<string, EndpointRow>();
    cells.set(name, rows.set(sortKey, { sortKey, endpoint: structuredClone(endpoint) }));
  };
  const cellsOf = (channel: ChannelName): string[] =>
    [...cells.keys()]
      .filter((name) => name.startsWith(`${channel}#`))
      .map((name) => name.slice(channel.length + 1))
      .sort();
  initial.forEach(putOne);

  return {
    put: async (endpoints) => endpoints.forEach(putOne),
    readRange: async (channel, { cell, from, to }) =>
      structuredClone(rowsOf(channel, cell).filter((row) => row.sortKey >= from && row.sortKey < to)),
    readRows: async (channel, keys) =>
      structuredClone(keys.flatMap(({ cell, sortKey }) => cells.get(`${channel}#${cell}`)?.get(sortKey) ?? [])),
    async countByCountry(channel) {
      const counts: Record<string, number> = {};
      for (const row of cellsOf(channel).flatMap((cell) => rowsOf(channel, cell))) {
        if ('unreadable' in row) throw new Error(`endpoint ${row.sortKey} cannot be counted: ${row.unreadable}`);
        if (row.endpoint.optedOut) continue;
        counts[row.endpoint.country] = (counts[row.endpoint.country] ?? 0) + 1;
      }
      return counts;
    },
    listCells: async (channel) => cellsOf(channel).map((cell) => ({ cell, centre: centreOf(cell) })),
    async *readPlaces(channel, cell) {
      const rows = rowsOf(channel, cell);
      for (let at = 0; at < rows.length; at += batchSize) yield rows.slice(at, at + batchSize).map(placedKeyOf);
    },
    async spoil(channel, cell, sortKey) {
      cells.get(`${channel}#${cell}`)?.set(sortKey, {
        sortKey,
        endpointId: sortKey.split('#')[1] ?? '',
        unreadable: 'spoiled by a test',
      });
    },
  };
}

/** The key under which the fake keeps an endpoint. */
export function keyOf(endpoint: Place & { id: string }): { cell: string; sortKey: string } {
  const [row, column] = [Math.floor(endpoint.latitude) + 90, Math.floor(endpoint.longitude) + 180];
  const fine = [endpoint.latitude, endpoint.longitude].map((degrees) =>
    Math.floor((degrees - Math.floor(degrees)) * 10),
  );
  return { cell: `${padded(row)}${padded(column)}`, sortKey: `${fine.join('')}#${endpoint.id}` };
}

const padded = (index: number): string => String(index).padStart(3, '0');

const centreOf = (cell: string): Place => ({
  latitude: Number(cell.slice(0, 3)) - 90 + 0.5,
  longitude: Number(cell.slice(3)) - 180 + 0.5,
});

const placedKeyOf = (row: EndpointRow): PlacedKey => {
  if ('unreadable' in row) return { sortKey: row.sortKey, place: undefined, country: unknownCountry, optedOut: false };
  const { latitude, longitude, country, optedOut } = row.endpoint;
  return { sortKey: row.sortKey, place: { latitude, longitude }, country, optedOut };
};
