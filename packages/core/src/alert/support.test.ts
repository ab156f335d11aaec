import { aBulletin, anEarthquake, aPolicy, originTimeMs } from '@quakewire/testing';
import type { Bulletin } from '../earthquake/bulletin.ts';
import type { Mainshock } from '../earthquake/mainshock.ts';
import type { AlertPolicy } from './alert-policy.ts';
import { supportOf } from './support.ts';

const base = aPolicy();
const believing = (
  ingest: Partial<NonNullable<AlertPolicy['sources']['ingest']>>,
  changes: Partial<AlertPolicy> = {},
) =>
  aPolicy({
    sources: {
      ...base.sources,
      ingest: { trust: 3, earlyWarning: true, secondSource: false, minimumStations: 4, ...ingest },
    },
    ...changes,
  });
const institute = (changes: Partial<Bulletin> = {}): Bulletin =>
  aBulletin({ source: 'ingest', id: 'i1', ids: ['i1'], stations: 6, ...changes });
const emsc = (changes: Partial<Bulletin> = {}): Bulletin =>
  aBulletin({ source: 'emsc', id: 'e1', ids: ['e1'], ...changes });
const support = (policy: AlertPolicy, bulletins: readonly Bulletin[], mainshocks: Mainshock[] = []) =>
  supportOf(anEarthquake({ bulletins, preferred: bulletins[0] ?? institute() }), policy, { mainshocks });
const { hypocentre } = aBulletin();

describe('support of a solution', () => {
  it('is as strong as the trust in its source', () => {
    expect(support(base, [institute()])).toEqual({ upTo: 'earlyWarning' });
    expect(support(base, [emsc()])).toEqual({ upTo: 'notification' });
    expect(support(aPolicy({ sources: {} }), [institute()])).toEqual({
      doubt: 'sourceNotBelieved',
    });
  });

  it('follows the network where policy knows it', () => {
    const policy = believing({ networks: { hobby: { secondSource: true }, ro: { minimumStations: 2 } } });
    expect(support(policy, [institute({ network: 'hobby' })])).toEqual({ doubt: 'needsSecondSource' });
    expect(support(policy, [institute({ network: 'ro', stations: 3 })])).toEqual({ upTo: 'earlyWarning' });
    expect(support(policy, [institute({ network: 'other', stations: 3 })])).toEqual({ doubt: 'tooFewStations' });
  });

  it('of a low-trust source comes from a second source, or from a person', () => {
    const policy = believing({ secondSource: true });
    expect(support(policy, [institute()])).toEqual({ doubt: 'needsSecondSource' });
    expect(support(policy, [institute(), institute({ id: 'i2', ids: ['i2'] })])).toEqual({
      doubt: 'needsSecondSource',
    });
    expect(support(policy, [institute(), emsc({ status: 'deleted' })])).toEqual({ doubt: 'needsSecondSource' });
    expect(support(policy, [institute(), emsc()])).toEqual({ upTo: 'earlyWarning' });
    expect(support(policy, [institute({ status: 'reviewed' })])).toEqual({ upTo: 'earlyWarning' });
  });

  it('needs stations: three with bad communication, a broken sensor and noise make no warning (Carson City 2025)', () => {
    expect(support(believing({ minimumStations: 6 }), [institute({ stations: 5 })])).toEqual({
      doubt: 'tooFewStations',
    });
    const { stations: _, ...untold } = institute();
    expect(support(base, [untold])).toEqual({ upTo: 'notification' });
  });

  it('ends where the network is blind: a distant earthquake looks like one at its edge', () => {
    const policy = believing({ area: { south: 43, north: 49, west: 20, east: 31 } });
    expect(support(policy, [institute()])).toEqual({ doubt: 'outsideNetwork' });
    expect(support(policy, [institute(), emsc()])).toEqual({ upTo: 'notification' });
  });

  it('is missing while two sources locate it far apart (Japan 2020: 450 km wrong)', () => {
    const wrong = { hypocentre: { ...hypocentre, latitude: hypocentre.latitude - 4 } };
    expect(support(base, [institute(), emsc(wrong)])).toEqual({ doubt: 'solutionsDisagree' });
    expect(support(base, [institute({ status: 'reviewed' }), emsc(wrong)])).toEqual({ upTo: 'earlyWarning' });
    expect(support(base, [institute(), emsc({ ...wrong, status: 'deleted' })])).toEqual({ upTo: 'earlyWarning' });
  });

  it('is missing for phantoms while the waves of a great earthquake pass, but not before, after or near it', () => {
    // 9,000 km away: P after 11 to 12 minutes, surface waves until an hour later.
    const at = (afterSeconds: number, changes: Partial<Mainshock['hypocentre']> = {}): Mainshock => ({
      earthquakeId: 'great',
      magnitude: 8.8,
      hypocentre: {
        latitude: 38.3,
        longitude: 142.4,
        depthKm: 29,
        originTimeMs: originTimeMs - afterSeconds * 1000,
        ...changes,
      },
    });
    expect(support(base, [emsc()], [at(720)])).toEqual({ doubt: 'perhapsPhantom' });
    expect(support(base, [emsc()], [at(2400)])).toEqual({ doubt: 'perhapsPhantom' });
    for (const mainshock of [at(300), at(5000), at(720, { ...hypocentre, originTimeMs: originTimeMs - 30_000 })])
      expect(support(base, [emsc()], [mainshock])).toEqual({ upTo: 'notification' });
    expect(support(base, [emsc({ stations: 20 })], [at(720)])).toEqual({ upTo: 'notification' });
    expect(support(base, [emsc(), aBulletin()], [at(720)])).toEqual({ upTo: 'notification' });
    expect(support(base, [emsc({ exercise: true })], [at(720)])).toEqual({ upTo: 'notification' });
  });
});
