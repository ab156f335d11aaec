/** What went wrong elsewhere, replayed by its published figures: reconstructions, each with the guard that it needs. */
import { aBulletin, aPolicy, originTimeMs } from '@quakewire/testing';
import type { AlertPolicy } from '../src/alert/alert-policy.ts';
import type { Bulletin, Hypocentre } from '../src/earthquake/bulletin.ts';
import { createReceivingWorld } from './receiving-world.ts';

const { hypocentre } = aBulletin();
const at = (latitude: number, longitude: number, changes: Partial<Hypocentre> = {}): Hypocentre => ({
  ...{ latitude, longitude, depthKm: 10, originTimeMs },
  ...changes,
});
/** An early-warning system's solution. */
const warning = (changes: Partial<Bulletin> = {}): Bulletin =>
  aBulletin({ source: 'ingest', id: 'eew1', ids: ['eew1'], stations: 8, version: 1, ...changes });
const catalogue = (changes: Partial<Bulletin> = {}): Bulletin =>
  aBulletin({ source: 'emsc', id: 'emsc1', ids: ['emsc1'], version: 1, ...changes });
const secondsAfter = (seconds: number): number => originTimeMs + seconds * 1000;
const everywhere = { south: -90, north: 90, west: -180, east: 180 };

describe('incidents', () => {
  it('Carson City 2025: a false M5.9 from five bad stations causes nothing', async () => {
    const world = createReceivingWorld();
    const base = aPolicy();
    const ingest = { ...base.sources.ingest, minimumStations: 6 } as NonNullable<AlertPolicy['sources']['ingest']>;
    world.policy = aPolicy({ sources: { ...base.sources, ingest } });
    const carson = { magnitude: 5.9, hypocentre: at(39.2, -119.7) };
    expect(await world.receive(warning({ ...carson, stations: 5 }))).toMatchObject({ none: 'tooFewStations' });
  });

  it('Carson City 2025: where it was believed, its deletion cancels at once and once', async () => {
    const world = createReceivingWorld();
    const carson = { magnitude: 5.9, hypocentre: at(39.2, -119.7) };
    await world.receive(warning(carson));
    await world.receive(warning({ ...carson, status: 'deleted', version: 2 }));
    await world.receive(warning({ ...carson, status: 'deleted', version: 3 }));
    expect(world.told()).toEqual(['alert M5.9', 'cancel M5.9']);
  });

  it('Brazil 2025: a region that is switched off is told nothing more', async () => {
    const world = createReceivingWorld();
    world.policy = aPolicy({ regions: { BR: { mode: 'off', area: everywhere } } });
    expect(await world.receive(warning())).toMatchObject({ none: 'feltInNoRegion' });
  });

  it('drills taken as real: an exercise stays one, and what is real beside it is told as real', async () => {
    const world = createReceivingWorld();
    await world.receive(warning({ exercise: true, id: 'drill', ids: ['drill', 'eew1'] }));
    await world.receive(warning());
    await world.receive(warning({ exercise: true, id: 'drill', ids: ['drill', 'eew1'], version: 2, magnitude: 7.5 }));
    expect(world.dispatched.map(({ alert }) => [alert.exercise, alert.kind])).toEqual([
      [true, 'alert'],
      [false, 'alert'],
      [true, 'update'],
    ]);
  });

  it('2017-06-21: the earthquake of 1925, updated today, is history', async () => {
    const world = createReceivingWorld();
    const santaBarbara = at(34.3, -119.8, { originTimeMs: Date.UTC(1925, 5, 29, 14, 42) });
    expect(
      await world.receive(catalogue({ hypocentre: santaBarbara, magnitude: 6.8, version: world.nowMs })),
    ).toMatchObject({
      none: 'originTooOld',
    });
  });

  it('a create of EMSC came nine days late: it is history, too', async () => {
    const world = createReceivingWorld();
    world.nowMs = secondsAfter(9 * 86_400);
    expect(await world.receive(catalogue({ version: world.nowMs }))).toMatchObject({ none: 'originTooOld' });
  });

  it('wireless alerts told 32 % twice: a second source and ten revisions tell nobody again', async () => {
    const world = createReceivingWorld();
    await world.receive(catalogue());
    for (let version = 2; version <= 11; version++)
      await world.receive(catalogue({ version, magnitude: 6.2 + (version % 3) / 10 }));
    await world.receive(aBulletin());
    expect(world.told()).toEqual(['alert M6.2']);
  });

  it('a feed that shrinks and comes back repeats what was told: nobody is told again', async () => {
    const world = createReceivingWorld();
    for (let poll = 0; poll < 3; poll++) await world.receive(aBulletin());
    expect(world.told()).toEqual(['alert M6.2']);
  });

  it('EEWBot#345: what changed is measured from what people were told, not from the report before', async () => {
    const world = createReceivingWorld();
    await world.receive(warning({ magnitude: 5 }));
    for (const [index, magnitude] of [5.2, 5.4, 5.5, 5.6, 5.7].entries())
      await world.receive(warning({ magnitude, version: index + 2 }));
    expect(world.told()).toEqual(['alert M5', 'update M5.4', 'update M5.7']);
  });

  it('Türkiye 2023: an M7.8 that begins as 4.5 escalates with each step', async () => {
    const world = createReceivingWorld();
    for (const [version, magnitude] of [4.5, 4.9, 6.1, 7.4, 7.8].entries())
      await world.receive(warning({ magnitude, version }));
    expect(world.told()).toEqual(['alert M4.5', 'update M4.9', 'update M6.1', 'update M7.4', 'update M7.8']);
    expect(world.dispatched.at(-1)?.alert.areaRadiusKm).toBe(1000);
  });

  it('Sacramento 2023: 5.7 becomes 4.1, and who was told is told so', async () => {
    const world = createReceivingWorld();
    await world.receive(warning({ magnitude: 5.7 }));
    await world.receive(warning({ magnitude: 4.1, version: 2 }));
    expect(world.told()).toEqual(['alert M5.7', 'update M4.1']);
    expect(world.dispatched[1]?.alert).toMatchObject({ previousMagnitude: 5.7 });
    const [first, second] = world.dispatched;
    expect(second?.alert.areaRadiusKm).toBe(first?.alert.areaRadiusKm);
  });

  it('Japan 2018-01-05: two earthquakes 3 s and 350 km apart stay two, and neither is made larger by the other', async () => {
    const world = createReceivingWorld();
    await world.receive(warning({ hypocentre: at(36.6, 137.2), magnitude: 4.6 }));
    const ibaraki = at(36.1, 141.1, { originTimeMs: secondsAfter(3) });
    await world.receive(warning({ id: 'eew2', ids: ['eew2'], hypocentre: ibaraki, magnitude: 4.5 }));
    expect(world.store.all()).toHaveLength(2);
    expect(world.told()).toEqual(['alert M4.6', 'alert M4.5']);
  });

  it('Japan 2020-07-30: a location that a second source puts 450 km away waits for a person', async () => {
    const world = createReceivingWorld();
    const base = aPolicy();
    const ingest = { ...base.sources.ingest, secondSource: true } as NonNullable<AlertPolicy['sources']['ingest']>;
    world.policy = aPolicy({ sources: { ...base.sources, ingest } });
    await world.receive(warning({ magnitude: 7.3 }));
    const elsewhere = at(hypocentre.latitude - 4, hypocentre.longitude);
    const contradiction = catalogue({ ids: ['emsc1', 'eew1'], hypocentre: elsewhere, magnitude: 5.8 });
    expect(await world.receive(contradiction)).toMatchObject({ none: 'solutionsDisagree' });
    await world.receive({ ...contradiction, status: 'reviewed', version: 2 });
    expect(world.told()).toEqual(['alert M5.8']);
  });

  it('GlobalQuake#91: phantoms after a great earthquake far away are not believed from one source', async () => {
    const world = createReceivingWorld();
    const great = at(38.3, 142.4, { originTimeMs: secondsAfter(-720) });
    await world.receive(catalogue({ magnitude: 8.8, hypocentre: great, id: 'great', ids: ['great'] }));
    expect(await world.receive(catalogue({ magnitude: 5.5 }))).toMatchObject({ none: 'perhapsPhantom' });
    expect(await world.receive(aBulletin({ magnitude: 5.4 }))).toMatchObject({ alert: { magnitude: 5.5 } });
  });

  it('swarms: of the aftershocks of an M7.4 only those that shake strongly are told of, and only so far', async () => {
    const world = createReceivingWorld();
    await world.receive(catalogue({ magnitude: 7.4 }));
    for (let number = 1; number <= 20; number++) {
      world.nowMs = secondsAfter(number * 600 + 60);
      const aftershock = at(hypocentre.latitude, hypocentre.longitude, {
        originTimeMs: secondsAfter(number * 600),
        depthKm: 40,
      });
      await world.receive(catalogue({ id: `a${number}`, ids: [`a${number}`], hypocentre: aftershock, magnitude: 4.6 }));
    }
    expect(world.told()).toEqual(['alert M7.4']);
  });

  it('EQMonitor#778: the name of the epicentre changes, and with it nothing', async () => {
    const world = createReceivingWorld();
    await world.receive(catalogue({ region: 'MARMARA SEA' }));
    await world.receive(catalogue({ region: 'WESTERN TURKEY', version: 2 }));
    expect(world.told()).toEqual(['alert M6.2']);
  });
});
