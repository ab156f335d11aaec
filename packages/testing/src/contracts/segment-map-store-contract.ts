import type { SegmentMap, SegmentMapStore } from '@quakewire/core';
import { aPage, aSegment, aSegmentMap } from '../builders.ts';

const twoSegments: SegmentMap = aSegmentMap({
  segments: [
    aSegment({
      radiusKm: 12.345,
      pages: [
        aPage({ range: { cell: '831e9', from: '', to: '871e90a2b' }, endpoints: 98 }),
        aPage({
          range: { cell: '831e9', from: '871e90a2b', to: '~' },
          centre: { latitude: -41.5, longitude: -179.25 },
        }),
        aPage({ range: { cell: '831eb', from: '', to: '871eb#0a' }, endpoints: 0 }),
      ],
    }),
    aSegment({ id: 1, pages: [aPage({ range: { cell: '831eb', from: '871eb#0a', to: '~' } })] }),
  ],
});

/** What the port `SegmentMapStore` promises, for any implementation. Each test gets an empty store. */
export function segmentMapStoreContract(name: string, createStore: () => Promise<SegmentMapStore>): void {
  describe(`${name} keeps the contract of the segment map store`, () => {
    it('has no current version before the first was published', async () => {
      expect(await (await createStore()).currentVersion('sms')).toBeUndefined();
    });

    it('reads a map as it was published, and makes it the current one', async () => {
      const store = await createStore();
      await store.publish(twoSegments);
      expect(await store.currentVersion('sms')).toBe(1);
      expect(await store.read('sms', 1)).toEqual(twoSegments);
    });

    it('keeps channels apart', async () => {
      const store = await createStore();
      await store.publish(twoSegments);
      expect(await store.currentVersion('email')).toBeUndefined();
      await expect(store.read('email', 1)).rejects.toMatchObject({
        name: 'SegmentMapGone',
        message: expect.stringContaining('segment map email version 1 does not exist'),
      });
    });

    it('keeps an earlier version readable after the next', async () => {
      const store = await createStore();
      await store.publish(twoSegments);
      await store.publish(aSegmentMap({ version: 2 }));
      expect(await store.currentVersion('sms')).toBe(2);
      expect(await store.read('sms', 1)).toEqual(twoSegments);
      expect(await store.read('sms', 2)).toEqual(aSegmentMap({ version: 2 }));
    });

    it.each([0, 1, 3])('refuses version %i after version 1, and keeps what is', async (version) => {
      const store = await createStore();
      await store.publish(twoSegments);
      await expect(store.publish(aSegmentMap({ version }))).rejects.toThrow('the next version is 2');
      expect(await store.currentVersion('sms')).toBe(1);
      expect(await store.read('sms', 1)).toEqual(twoSegments);
    });

    it('never mixes two maps that are published as the same version at once', async () => {
      const store = await createStore();
      const maps = [twoSegments, aSegmentMap()];
      const results = await Promise.allSettled(maps.map((map) => store.publish(map)));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const winner = results.findIndex(({ status }) => status === 'fulfilled');
      expect(await store.read('sms', 1)).toEqual(maps[winner]);
    });

    it('keeps a map of no segments', async () => {
      const store = await createStore();
      await store.publish(aSegmentMap({ segments: [] }));
      expect(await store.read('sms', 1)).toEqual(aSegmentMap({ segments: [] }));
    });

    it('keeps a map of more segments than one batch of writes', async () => {
      const store = await createStore();
      const segments = Array.from({ length: 61 }, (_, id) =>
        aSegment({ id, pages: [aPage({ range: { cell: `c${id}`, from: '', to: '~' } })] }),
      );
      await store.publish(aSegmentMap({ segments }));
      expect(await store.read('sms', 1)).toEqual(aSegmentMap({ segments }));
    });
  });
}
