import type { Earthquake, EarthquakeStore } from '@quakewire/core';
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
  describe(`${name} keeps the contract of the earthquake store`, () => {
    const idsOf = async (store: EarthquakeStore, timeMs: number, ids: string[] = []): Promise<string[]> =>
      (await store.findCandidates(timeMs, ids)).map(({ id }) => id).sort();

    it('finds nothing in an empty store', async () => {
      expect(await (await createStore()).findCandidates(originTimeMs, ['us1'])).toEqual([]);
    });

    it('finds an earthquake by time as it was saved', async () => {
      const store = await createStore();
      const earthquake = anEarthquake({ pinnedMaps: { sms: 3 }, lastAlertSeq: 1 });
      expect(await store.saveRevision(earthquake)).toBe(true);
      expect(await store.findCandidates(originTimeMs, [])).toEqual([earthquake]);
    });

    it.each([
      [-60_000, true],
      [60_000, true],
      [-60_001, false],
      [60_001, false],
    ])('asked for an origin %i ms away finds it: %s', async (offsetMs, isFound) => {
      const store = await createStore();
      await store.saveRevision(originatingAt(0));
      expect(await idsOf(store, originTimeMs + offsetMs)).toEqual(isFound ? ['eq0'] : []);
    });

    it('finds all earthquakes of the window, also across a bucket of ten minutes', async () => {
      const store = await createStore();
      const toNextBucket = 600_000 - (originTimeMs % 600_000);
      for (const offsetMs of [toNextBucket - 1_000, toNextBucket + 1_000, toNextBucket + 120_000])
        await store.saveRevision(originatingAt(offsetMs));
      const expected = [toNextBucket - 1_000, toNextBucket + 1_000].map((offsetMs) => `eq${offsetMs}`);
      expect(await idsOf(store, originTimeMs + toNextBucket)).toEqual(expected.sort());
    });

    it('finds an earthquake by any id of any of its bulletins, however far in time', async () => {
      const store = await createStore();
      const bulletins = [aBulletin({ ids: ['us1', 'at2'] }), aBulletin({ ids: ['emsc3'] })];
      await store.saveRevision(anEarthquake({ bulletins }));
      for (const id of ['us1', 'at2', 'emsc3']) expect(await idsOf(store, 0, ['other', id])).toEqual(['eq1']);
      expect(await idsOf(store, 0, ['us2'])).toEqual([]);
    });

    it('lets two earthquakes carry the same id of a source', async () => {
      const store = await createStore();
      await store.saveRevision(anEarthquake({ id: 'eq1' }));
      expect(await store.saveRevision(anEarthquake({ id: 'eq2' }))).toBe(true);
      expect(await idsOf(store, 0, ['us7000pufs'])).toEqual(['eq1', 'eq2']);
    });

    it('answers the newest revision, found by its newest solution', async () => {
      const store = await createStore();
      await store.saveRevision(anEarthquake());
      const moved = originatingAt(90_000).preferred;
      const second = anEarthquake({ revision: 2, bulletins: [aBulletin(), moved], preferred: moved });
      expect(await store.saveRevision(second)).toBe(true);
      expect(await store.findCandidates(originTimeMs + 100_000, [])).toEqual([second]);
      expect(await idsOf(store, originTimeMs)).toEqual([]);
    });

    it('keeps revisions beyond nine in order', async () => {
      const store = await createStore();
      for (let revision = 1; revision <= 11; revision++)
        expect(await store.saveRevision(anEarthquake({ revision }))).toBe(true);
      expect((await store.findCandidates(originTimeMs, []))[0]?.revision).toBe(11);
    });

    it('refuses a revision that exists, and one whose predecessor does not', async () => {
      const store = await createStore();
      expect(await store.saveRevision(anEarthquake({ revision: 2 }))).toBe(false);
      await store.saveRevision(anEarthquake());
      expect(await store.saveRevision(anEarthquake({ lastAlertSeq: 5 }))).toBe(false);
      expect(await store.saveRevision(anEarthquake({ revision: 3 }))).toBe(false);
      expect((await store.findCandidates(originTimeMs, []))[0]).toEqual(anEarthquake());
    });

    it('lets exactly one of several write the next revision', async () => {
      const store = await createStore();
      await store.saveRevision(anEarthquake());
      const next = [1, 2, 3].map((lastAlertSeq) => anEarthquake({ revision: 2, lastAlertSeq }));
      const answers = await Promise.all(next.map((earthquake) => store.saveRevision(earthquake)));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });
  });
}
