import type { Endpoint, EndpointPlaces, SizingInForce } from '@quakewire/core';
import {
  anEndpoint,
  aSizing,
  createInMemoryEndpointCounts,
  createInMemoryEndpoints,
  createInMemorySegmentMapStore,
  createInMemorySizingStore,
} from '@quakewire/testing';
import { createHandler } from './handler.ts';
import { publishMap } from './publish-map.ts';

/** 100 endpoints a page at 500 messages a second. */
const sizing = aSizing({ segmentEndpoints: 300, providerRatePerSecond: 500 });
const crowd = (count: number, first = 1, changes: Partial<Endpoint> = {}) =>
  Array.from({ length: count }, (_, index) => anEndpoint(first + index, changes));
const far = { latitude: -33.4489, longitude: -70.6693 };

function aWorld(endpoints: readonly Endpoint[]) {
  const places = createInMemoryEndpoints(endpoints);
  const maps = createInMemorySegmentMapStore();
  const publish = (sized: SizingInForce = sizing) => publishMap('sms', sized, { places, maps });
  return { places, maps, publish };
}

describe('publishing a segment map', () => {
  it('cuts the first version from all endpoints of the channel', async () => {
    const { maps, publish } = aWorld([...crowd(700), ...crowd(30, 701, far), ...crowd(5, 1, { channel: 'email' })]);
    const sums = { segments: 4, pages: 8, endpoints: 730, byCountry: { TR: 730 } };
    const expected = { channel: 'sms', version: 1, published: true, ...sums };
    expect(await publish()).toEqual(expected);
    expect((await maps.read('sms', 1)).segments.map(({ pages }) => pages.length)).toEqual([1, 3, 3, 1]);
  });

  it('publishes an empty map for a channel without endpoints, once', async () => {
    const { publish } = aWorld([]);
    expect(await publish()).toMatchObject({ version: 1, published: true, segments: 0 });
    expect(await publish()).toMatchObject({ version: 1, published: false });
  });

  it('keeps the version while nothing has changed', async () => {
    const { maps, publish } = aWorld(crowd(700));
    await publish();
    expect(await publish()).toMatchObject({ version: 1, published: false });
    expect(await maps.currentVersion('sms')).toBe(1);
  });

  it('keeps the version while the pages in force take the newcomers in', async () => {
    const { places, publish } = aWorld(crowd(700));
    await publish();
    await places.put(crowd(20, 701));
    expect(await publish()).toMatchObject({ version: 1, published: false });
  });

  it('cuts anew when a cell was registered', async () => {
    const { places, publish } = aWorld(crowd(700));
    await publish();
    await places.put([anEndpoint(9_999, far)]);
    expect(await publish()).toMatchObject({ version: 2, published: true, endpoints: 701 });
  });

  it('cuts anew when a page has outgrown its size by half', async () => {
    const { places, publish } = aWorld(crowd(100));
    await publish();
    await places.put(crowd(50, 101));
    expect(await publish()).toMatchObject({ version: 1, published: false });
    await places.put(crowd(1, 151));
    expect(await publish()).toMatchObject({ version: 2, published: true, pages: 2 });
  });

  it('cuts anew when most of the endpoints have left', async () => {
    const { maps, publish } = aWorld(crowd(700));
    await publish();
    const left = createInMemoryEndpoints(crowd(300));
    const after = await publishMap('sms', sizing, { places: left, maps });
    expect(after).toMatchObject({ version: 2, published: true, pages: 3 });
  });

  it.each([
    ['larger segments', aSizing({ segmentEndpoints: 700, providerRatePerSecond: 500 })],
    ['smaller segments', aSizing({ segmentEndpoints: 100, providerRatePerSecond: 500 })],
    ['smaller pages, as the provider is slower', aSizing({ segmentEndpoints: 300, providerRatePerSecond: 10 })],
  ])('cuts anew when the sizing asks for %s', async (_, other) => {
    const { publish } = aWorld(crowd(700));
    await publish();
    expect(await publish(other)).toMatchObject({ version: 2, published: true });
    expect(await publish(other)).toMatchObject({ version: 2, published: false });
  });

  it('publishes nothing when the rows cannot be read to the end', async () => {
    const { places, maps } = aWorld(crowd(700));
    const broken: EndpointPlaces = {
      listCells: places.listCells,
      async *readPlaces(channel, cell) {
        for await (const batch of places.readPlaces(channel, cell)) {
          yield batch;
          throw new Error('throttled');
        }
      },
    };
    await expect(publishMap('sms', sizing, { places: broken, maps })).rejects.toThrow('throttled');
    expect(await maps.currentVersion('sms')).toBeUndefined();
  });

  it('publishes nothing when the sizing does not know the channel', async () => {
    const { publish } = aWorld(crowd(1));
    const other = { ...sizing, channels: {} };
    await expect(publish(other)).rejects.toThrow('the sizing in force has no channel sms');
  });
});

describe('the segmenter function', () => {
  const lines: unknown[] = [];
  const logger = { debug() {}, warn() {}, error() {}, info: (fields: unknown) => void lines.push(fields) };
  const nowMs = 1_700_000_000_000;
  const others = () => ({ logger, counts: createInMemoryEndpointCounts(), nowMs: () => nowMs });

  it('answers what is in force on every channel', async () => {
    const { places, maps } = aWorld([...crowd(10), ...crowd(5, 1, { channel: 'email' })]);
    const store = createInMemorySizingStore(sizing);
    const handler = createHandler({ ...others(), channels: ['sms', 'email'], places, maps, sizing: store });
    const { maps: answered } = await handler();
    expect(answered.map(({ channel, version, endpoints }) => [channel, version, endpoints])).toEqual([
      ['sms', 1, 10],
      ['email', 1, 5],
    ]);
    expect(lines).toHaveLength(1);
  });

  it('sets the counts of every channel, opted-out rows left out, also when the map still fits', async () => {
    const { places, maps } = aWorld([
      ...crowd(10),
      ...crowd(3, 11, { country: 'RO' }),
      ...crowd(2, 14, { optedOut: true }),
    ]);
    const { counts, ...rest } = others();
    const deps = {
      ...rest,
      counts,
      channels: ['sms'] as const,
      places,
      maps,
      sizing: createInMemorySizingStore(sizing),
    };
    await createHandler(deps)();
    expect(await counts.read('sms')).toEqual({ byCountry: { TR: 10, RO: 3 }, countedAtMs: nowMs });
    await places.put(crowd(1, 16));
    await createHandler({ ...deps, nowMs: () => nowMs + 1 })();
    expect(await maps.currentVersion('sms')).toBe(1);
    expect(await counts.read('sms')).toEqual({ byCountry: { TR: 11, RO: 3 }, countedAtMs: nowMs + 1 });
  });

  it('sets no count when a part of the rows could not be read', async () => {
    const { places, maps } = aWorld(crowd(10));
    const { counts, ...rest } = others();
    const broken: EndpointPlaces = {
      listCells: places.listCells,
      // biome-ignore lint/correctness/useYield: it fails before the first batch.
      async *readPlaces() {
        throw new Error('throttled');
      },
    };
    const deps = { ...rest, counts, channels: ['sms'] as const, places: broken, maps };
    await expect(createHandler({ ...deps, sizing: createInMemorySizingStore(sizing) })()).rejects.toThrow('throttled');
    expect(await counts.read('sms')).toBeUndefined();
  });

  it('publishes the other channels when one fails, and fails in the end', async () => {
    const { places, maps } = aWorld([...crowd(10), ...crowd(5, 1, { channel: 'email' })]);
    const onlyEmail = { ...sizing, channels: { email: aSizing().channels.email as never } };
    const store = createInMemorySizingStore(onlyEmail);
    const handler = createHandler({ ...others(), channels: ['sms', 'email'], places, maps, sizing: store });
    await expect(handler()).rejects.toThrow('the sizing in force has no channel sms');
    expect(await maps.currentVersion('email')).toBe(1);
  });

  it('does nothing without a sizing', async () => {
    const { places, maps } = aWorld(crowd(1));
    const handler = createHandler({
      ...others(),
      channels: ['sms'],
      places,
      maps,
      sizing: createInMemorySizingStore(),
    });
    await expect(handler()).rejects.toThrow('no sizing is in force');
    expect(await maps.currentVersion('sms')).toBeUndefined();
  });
});
