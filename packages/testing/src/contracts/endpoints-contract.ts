import type {
  Endpoint,
  EndpointDirectory,
  EndpointPlaces,
  EndpointRow,
  EndpointWriter,
  PageRange,
  PlacedKey,
} from '@quakewire/core';
import { anEndpoint, aRowKey } from '../builders.ts';

export interface EndpointsSubject {
  directory: EndpointDirectory;
  writer: EndpointWriter;
  places: EndpointPlaces;
  /** Makes a row of a cell unreadable in place. */
  spoil(channel: Endpoint['channel'], cell: string, sortKey: string): Promise<void>;
}

/** Spread over several cells, two of them near each other. */
const cities = [
  { latitude: 41.0082, longitude: 28.9784 },
  { latitude: 41.0083, longitude: 28.9785 },
  { latitude: 44.4268, longitude: 26.1025 },
  { latitude: -33.4489, longitude: -70.6693 },
  { latitude: -18.1416, longitude: 178.4419 },
];

const whole = (cell: string): PageRange => ({ cell, from: '', to: '~' });

/** What the ports for endpoints promise, for any implementation. Each test gets an empty store. */
export function endpointsContract(name: string, createSubject: () => Promise<EndpointsSubject>): void {
  describe(`${name} keeps the contract of the endpoint ports`, () => {
    const filled = async (endpoints: Endpoint[]): Promise<EndpointsSubject> => {
      const subject = await createSubject();
      await subject.writer.put(endpoints);
      return subject;
    };
    const rowsOf = async ({ directory, places }: EndpointsSubject): Promise<EndpointRow[]> => {
      const cells = await places.listCells('sms');
      return (await Promise.all(cells.map(({ cell }) => directory.readRange('sms', whole(cell))))).flat();
    };
    const keysOf = async ({ places }: EndpointsSubject, cell: string): Promise<PlacedKey[]> => {
      const keys: PlacedKey[] = [];
      for await (const batch of places.readPlaces('sms', cell)) keys.push(...batch);
      return keys;
    };
    const byId = (a: Endpoint, b: Endpoint) => (a.id < b.id ? -1 : 1);

    it('reads every row as it was put, found through the registered cells', async () => {
      const endpoints = cities.map((city, index) => anEndpoint(index + 1, city));
      const rows = await rowsOf(await filled(endpoints));
      const read = rows.map((row) => ('endpoint' in row ? row.endpoint : undefined));
      expect(read.filter((endpoint) => endpoint !== undefined).sort(byId)).toEqual(endpoints);
    });

    it('keeps every field, also those that are seldom set', async () => {
      const endpoint = anEndpoint(7, {
        ...{ optedOut: true, validToMs: 1_800_000_000_000, minimumIntensity: 4.5, language: 'ro', country: 'RO' },
        quietHours: { fromMinute: 22 * 60, toMinute: 7 * 60 + 30 },
        sealedAddress: Uint8Array.from({ length: 60 }, (_, index) => index),
      });
      const [row] = await rowsOf(await filled([endpoint]));
      expect(row).toMatchObject({ endpoint });
    });

    it('replaces a row that is put again', async () => {
      const subject = await filled([anEndpoint(1)]);
      await subject.writer.put([anEndpoint(1, { language: 'tr' })]);
      expect(await rowsOf(subject)).toMatchObject([{ endpoint: { language: 'tr' } }]);
    });

    it('lists cells in key order, each with a centre near its rows, and keeps channels apart', async () => {
      const subject = await filled(cities.map((city, index) => anEndpoint(index + 1, city)));
      const cells = await subject.places.listCells('sms');
      expect(cells.map(({ cell }) => cell)).toEqual(cells.map(({ cell }) => cell).sort());
      for (const { cell, centre } of cells)
        for (const { place } of await keysOf(subject, cell))
          expect(Math.abs((place?.latitude ?? Number.NaN) - centre.latitude)).toBeLessThan(1.5);
      expect(await subject.places.listCells('email')).toEqual([]);
    });

    it('reads adjoining ranges without gap or overlap, each bound being where the next begins', async () => {
      const subject = await filled(Array.from({ length: 30 }, (_, index) => anEndpoint(index + 1)));
      const [registered] = await subject.places.listCells('sms');
      const cell = registered?.cell ?? '';
      const keys = (await keysOf(subject, cell)).map(({ sortKey }) => sortKey);
      const bounds = ['', keys[10] ?? '', keys[20] ?? '', '~'];
      const parts = await Promise.all(
        [0, 1, 2].map((at) =>
          subject.directory.readRange('sms', { cell, from: bounds[at] ?? '', to: bounds[at + 1] ?? '' }),
        ),
      );
      expect(parts.map((part) => part.length)).toEqual([10, 10, 10]);
      expect(parts.flat().map(({ sortKey }) => sortKey)).toEqual(keys);
    });

    it('gives keys in order, with the places of their rows', async () => {
      const subject = await filled(Array.from({ length: 250 }, (_, index) => anEndpoint(index + 1)));
      const [registered] = await subject.places.listCells('sms');
      const keys = await keysOf(subject, registered?.cell ?? '');
      expect(keys).toHaveLength(250);
      expect(keys.map(({ sortKey }) => sortKey)).toEqual(keys.map(({ sortKey }) => sortKey).sort());
      expect(keys[0]?.place).toEqual({ latitude: 41.0082, longitude: 28.9784 });
    });

    it('names a row that does not parse, and reads the others', async () => {
      const subject = await filled([anEndpoint(1), anEndpoint(2), anEndpoint(3)]);
      const [registered] = await subject.places.listCells('sms');
      const cell = registered?.cell ?? '';
      const sortKey = (await keysOf(subject, cell))[1]?.sortKey ?? '';
      await subject.spoil('sms', cell, sortKey);
      const rows = await subject.directory.readRange('sms', whole(cell));
      expect(rows.map((row) => 'endpoint' in row)).toEqual([true, false, true]);
      expect(rows[1]).toEqual({ sortKey, endpointId: anEndpoint(2).id, unreadable: expect.any(String) });
      expect((await keysOf(subject, cell))[1]).toEqual({ sortKey, place: undefined, country: 'ZZ', optedOut: false });
    });

    it('reads rows by their keys, those that are still there', async () => {
      const subject = await filled([1, 2, 3].map((number) => anEndpoint(number)));
      const [registered] = await subject.places.listCells('sms');
      const cell = registered?.cell ?? '';
      const keyOf = ({ sortKey }: { sortKey: string }) => ({ cell, sortKey, endpointId: sortKey.split('#')[1] ?? '' });
      const keys = (await keysOf(subject, cell)).map(keyOf);
      const gone = {
        cell,
        sortKey: `${keys[0]?.sortKey.split('#')[0]}#${anEndpoint(9).id}`,
        endpointId: anEndpoint(9).id,
      };
      const rows = await subject.directory.readRows('sms', [...keys.slice(1), gone]);
      const read = rows.map((row) => ('endpoint' in row ? row.endpoint : undefined));
      expect(read.filter((endpoint) => endpoint !== undefined).sort(byId)).toEqual(
        [2, 3].map((number) => anEndpoint(number)),
      );
      expect(await subject.directory.readRows('sms', [])).toEqual([]);
      expect(await subject.directory.readRows('email', keys)).toEqual([]);
    });

    it('reads more rows by their keys than one call takes', async () => {
      const subject = await filled(Array.from({ length: 130 }, (_, index) => anEndpoint(index + 1)));
      const [registered] = await subject.places.listCells('sms');
      const cell = registered?.cell ?? '';
      const keys = (await keysOf(subject, cell)).map(({ sortKey }) => ({ cell, sortKey, endpointId: '' }));
      expect(await subject.directory.readRows('sms', keys)).toHaveLength(130);
    });

    it('keeps which row is whose backup', async () => {
      const endpoints = [anEndpoint(1, { backup: aRowKey(2) }), anEndpoint(2, { isBackup: true })];
      const rows = await rowsOf(await filled(endpoints));
      expect(rows.map((row) => ('endpoint' in row ? row.endpoint : undefined))).toEqual(endpoints);
    });

    it('counts by country, opted-out rows left out', async () => {
      const subject = await filled([
        ...[1, 2, 3].map((number) => anEndpoint(number)),
        anEndpoint(4, { country: 'RO', ...cities[2] }),
        anEndpoint(5, { optedOut: true }),
        anEndpoint(6, { channel: 'email', country: 'RO' }),
      ]);
      expect(await subject.directory.countByCountry('sms')).toEqual({ TR: 3, RO: 1 });
      expect(await subject.directory.countByCountry('email')).toEqual({ RO: 1 });
      expect(await subject.directory.countByCountry('webhook')).toEqual({});
    });
  });
}
