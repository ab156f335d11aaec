import { addBulletin, associate, type Bulletin, type Earthquake, type EarthquakeStore } from '@quakewire/core';
import { aBulletin, anEarthquake, originTimeMs } from '../builders.ts';

const originatingAt = (offsetMs: number, changes: Partial<Earthquake> = {}): Earthquake => {
  const bulletin = aBulletin();
  const preferred = aBulletin({
    ids: [`us${offsetMs}`],
    hypocentre: { ...bulletin.hypocentre, originTimeMs: originTimeMs + offsetMs },
  });
  return anEarthquake({ id: `eq${offsetMs}`, preferred, ...changes });
};

/** What the port `EarthquakeStore` promises, for any implementation. Each test gets an empty store. */
export function earthquakeStoreContract(name: string, createStore: () => Promise<EarthquakeStore>): void {
  const near = async (store: EarthquakeStore, timeMs: number, ids: string[] = []) =>
    (await store.lookAround(timeMs, ids)).earthquakes;
  const idsOf = async (store: EarthquakeStore, timeMs: number, ids: string[] = []): Promise<string[]> =>
    (await near(store, timeMs, ids)).map(({ id }) => id).sort();
  /** Creates it in the surroundings as they are now. */
  const create = async (store: EarthquakeStore, earthquake: Earthquake): Promise<boolean> =>
    store.create(earthquake, await store.lookAround(earthquake.preferred.hypocentre.originTimeMs, []));

  describe(`${name} keeps the contract of the earthquake store`, () => {
    it('finds nothing in an empty store', async () => {
      const store = await createStore();
      expect(await near(store, originTimeMs, ['us1'])).toEqual([]);
      expect(await store.read('eq1')).toBeUndefined();
      expect(await store.listMainshocks(0)).toEqual([]);
    });

    it('finds an earthquake by time and by its id as it was saved', async () => {
      const store = await createStore();
      const earthquake = anEarthquake({ pinnedMaps: { sms: 3 }, lastAlertSeq: 1 });
      expect(await create(store, earthquake)).toBe(true);
      expect(await near(store, originTimeMs)).toEqual([earthquake]);
      expect(await store.read('eq1')).toEqual(earthquake);
    });

    it.each([
      [-60_000, true],
      [60_000, true],
      [-60_001, false],
      [60_001, false],
    ])('asked for an origin %i ms away finds it: %s', async (offsetMs, isFound) => {
      const store = await createStore();
      await create(store, originatingAt(0));
      expect(await idsOf(store, originTimeMs + offsetMs)).toEqual(isFound ? ['eq0'] : []);
    });

    it('finds all earthquakes of the window, also across a bucket of ten minutes', async () => {
      const store = await createStore();
      const toNextBucket = 600_000 - (originTimeMs % 600_000);
      for (const offsetMs of [toNextBucket - 1_000, toNextBucket + 1_000, toNextBucket + 120_000])
        await create(store, originatingAt(offsetMs));
      const expected = [toNextBucket - 1_000, toNextBucket + 1_000].map((offsetMs) => `eq${offsetMs}`);
      expect(await idsOf(store, originTimeMs + toNextBucket)).toEqual(expected.sort());
    });

    it('finds an earthquake by any id of any of its bulletins, however far in time', async () => {
      const store = await createStore();
      const bulletins = [aBulletin({ ids: ['us1', 'at2'] }), aBulletin({ ids: ['emsc3'] })];
      await create(store, anEarthquake({ bulletins }));
      for (const id of ['us1', 'at2', 'emsc3']) expect(await idsOf(store, 0, ['other', id])).toEqual(['eq1']);
      expect(await idsOf(store, 0, ['us2'])).toEqual([]);
    });

    it('lets two earthquakes carry the same id of a source', async () => {
      const store = await createStore();
      await create(store, anEarthquake({ id: 'eq1' }));
      expect(await create(store, anEarthquake({ id: 'eq2' }))).toBe(true);
      expect(await idsOf(store, 0, ['us7000pufs'])).toEqual(['eq1', 'eq2']);
    });

    it('answers the newest revision, found by its newest solution', async () => {
      const store = await createStore();
      await create(store, anEarthquake());
      const moved = originatingAt(90_000).preferred;
      const second = anEarthquake({ revision: 2, bulletins: [aBulletin(), moved], preferred: moved });
      expect(await store.saveRevision(second)).toBe(true);
      expect(await near(store, originTimeMs + 100_000)).toEqual([second]);
      expect(await idsOf(store, originTimeMs)).toEqual([]);
      expect(await store.read('eq1')).toEqual(second);
    });

    it('keeps revisions beyond nine in order', async () => {
      const store = await createStore();
      await create(store, anEarthquake());
      for (let revision = 2; revision <= 11; revision++)
        expect(await store.saveRevision(anEarthquake({ revision }))).toBe(true);
      expect((await store.read('eq1'))?.revision).toBe(11);
    });

    it('refuses a revision that exists, and one whose predecessor does not', async () => {
      const store = await createStore();
      expect(await store.saveRevision(anEarthquake({ revision: 2 }))).toBe(false);
      await create(store, anEarthquake());
      expect(await create(store, anEarthquake({ lastAlertSeq: 5 }))).toBe(false);
      expect(await store.saveRevision(anEarthquake({ revision: 3 }))).toBe(false);
      expect(await near(store, originTimeMs)).toEqual([anEarthquake()]);
    });

    it('lets exactly one of several write the next revision', async () => {
      const store = await createStore();
      await create(store, anEarthquake());
      const next = [1, 2, 3].map((lastAlertSeq) => anEarthquake({ revision: 2, lastAlertSeq }));
      const answers = await Promise.all(next.map((earthquake) => store.saveRevision(earthquake)));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('refuses to create an earthquake where another has appeared since it was looked, also across a bucket', async () => {
      const store = await createStore();
      const toNextBucket = 600_000 - (originTimeMs % 600_000);
      const [before, after] = [toNextBucket - 5_000, toNextBucket + 5_000];
      const surroundings = await store.lookAround(originTimeMs + before, []);
      expect(await create(store, originatingAt(after))).toBe(true);
      expect(await store.create(originatingAt(before), surroundings)).toBe(false);
      expect(await create(store, originatingAt(before))).toBe(true);
    });

    it('makes one earthquake of two bulletins that several functions receive at the same instant', async () => {
      const store = await createStore();
      const bulletins = [
        aBulletin({ source: 'usgs', id: 'us1', ids: ['us1'] }),
        aBulletin({ source: 'emsc', id: 'emsc2', ids: ['emsc2'] }),
        aBulletin({ source: 'ingest', id: 'institute3', ids: ['institute3'] }),
      ];
      await Promise.all(bulletins.map((bulletin) => receive(store, bulletin)));
      const found = await near(store, originTimeMs);
      expect(found).toHaveLength(1);
      expect(found[0]?.bulletins.map(({ id }) => id).sort()).toEqual(['emsc2', 'institute3', 'us1']);
    });

    it('lists mainshocks by their newest solution, and forgets those that were retracted or revised down', async () => {
      const store = await createStore();
      await create(store, originatingAt(0));
      await create(store, originatingAt(-400_000));
      await create(store, originatingAt(1_000, { preferred: aBulletin({ magnitude: 5.4 }) }));
      const ids = async (sinceMs: number): Promise<string[]> =>
        (await store.listMainshocks(sinceMs)).map(({ earthquakeId }) => earthquakeId).sort();
      expect(await ids(originTimeMs - 400_000)).toEqual(['eq-400000', 'eq0']);
      expect(await ids(originTimeMs)).toEqual(['eq0']);
      expect((await store.listMainshocks(originTimeMs))[0]).toMatchObject({
        magnitude: 6.2,
        hypocentre: { depthKm: 10 },
      });
      await store.saveRevision(originatingAt(0, { revision: 2, preferred: aBulletin({ status: 'deleted' }) }));
      expect(await ids(0)).toEqual(['eq-400000']);
    });

    it('lists aftershocks by their newest solution, until they are told of singly or retracted', async () => {
      const store = await createStore();
      await create(store, originatingAt(0, { mainshockId: 'main' }));
      await create(store, originatingAt(-400_000, { mainshockId: 'main' }));
      await create(store, originatingAt(1_000));
      const ids = async (sinceMs: number): Promise<string[]> =>
        (await store.listAftershocks(sinceMs)).map(({ earthquakeId }) => earthquakeId).sort();
      expect(await ids(originTimeMs - 400_000)).toEqual(['eq-400000', 'eq0']);
      expect(await ids(originTimeMs)).toEqual(['eq0']);
      expect((await store.listAftershocks(originTimeMs))[0]).toMatchObject({ mainshockId: 'main', magnitude: 6.2 });
      await store.saveRevision(originatingAt(0, { revision: 2 }));
      const deleted = aBulletin({ status: 'deleted' });
      await store.saveRevision(originatingAt(-400_000, { revision: 2, mainshockId: 'main', preferred: deleted }));
      expect(await ids(0)).toEqual([]);
    });
  });
}

/** As a function does that takes bulletins: looks, joins or creates, and looks again where another was first. */
async function receive(store: EarthquakeStore, bulletin: Bulletin): Promise<void> {
  for (;;) {
    const surroundings = await store.lookAround(bulletin.hypocentre.originTimeMs, bulletin.ids);
    const known = associate(bulletin, surroundings.earthquakes);
    const next = addBulletin(known, bulletin, () => 1);
    if (!next) return;
    if (known ? await store.saveRevision(next) : await store.create(next, surroundings)) return;
  }
}
