import { aBulletin, createInMemoryEarthquakeStore, originTimeMs } from '@quakewire/testing';
import type { Alert } from '../alert/alert.ts';
import { alertPolicy } from '../alert/alert-policy.ts';
import type { Bulletin } from './bulletin.ts';
import type { Earthquake, EarthquakeStore } from './earthquake.ts';
import { receiveBulletin } from './receive-bulletin.ts';

const emsc = (changes: Partial<Bulletin> = {}) => aBulletin({ source: 'emsc', id: 'e1', ids: ['e1'], ...changes });

function createWorld(wrap: (store: EarthquakeStore) => EarthquakeStore = (store) => store) {
  const store = createInMemoryEarthquakeStore();
  const dispatched: { alert: Alert; earthquake: Earthquake }[] = [];
  const silent = () => undefined;
  const world = {
    store,
    dispatched,
    failDispatch: false,
    receive: (bulletin: Bulletin) =>
      receiveBulletin(bulletin, {
        earthquakes: wrap(store),
        policy: alertPolicy,
        storeNow: () => originTimeMs + 65_000,
        async dispatch(alert, earthquake) {
          if (world.failDispatch) throw new Error('Kafka is down');
          dispatched.push({ alert, earthquake });
          return [{ channel: 'sms', mapVersion: 7, wakeUps: 3, acknowledgedAtMs: originTimeMs + 65_020 }];
        },
        logger: { debug: silent, info: silent, warn: silent, error: silent },
      }),
  };
  return world;
}

describe('receive bulletin', () => {
  it('alerts once for an earthquake that two sources report in several versions', async () => {
    const world = createWorld();
    expect(await world.receive(emsc())).toMatchObject({ alert: { seq: 1 } });
    expect(await world.receive(aBulletin())).toEqual({ none: 'alreadyAlerted' });
    expect(await world.receive(emsc({ version: originTimeMs + 99_000, magnitude: 6.4 }))).toEqual({
      none: 'alreadyAlerted',
    });
    expect(await world.receive(emsc())).toEqual({ none: 'alreadyAlerted' });
    expect(world.dispatched).toHaveLength(1);
    expect(world.store.all()).toHaveLength(1);
    expect(world.store.all()[0]?.bulletins).toHaveLength(2);
  });

  it('pins the maps that the runs walk, and keeps how fast the alert went out', async () => {
    const world = createWorld();
    await world.receive(emsc());
    expect(world.store.all()[0]).toMatchObject({
      lastAlertSeq: 1,
      pinnedMaps: { sms: 7 },
      lastDispatch: { seq: 1, receivedAtMs: originTimeMs + 61_000, acknowledgedAtMs: { sms: originTimeMs + 65_020 } },
    });
  });

  it('keeps small earthquakes only from where they may still grow, and alerts when one does', async () => {
    const world = createWorld();
    expect(await world.receive(emsc({ magnitude: 3.9 }))).toEqual({ none: 'notKept' });
    expect(await world.receive(emsc({ magnitude: 4.3 }))).toEqual({ none: 'magnitudeTooSmall' });
    expect(await world.receive(emsc({ magnitude: 4.8, version: originTimeMs + 99_000 }))).toMatchObject({
      alert: { magnitude: 4.8 },
    });
  });

  it('dispatches again what failed before it was marked, when the bulletin is read again', async () => {
    const world = createWorld();
    world.failDispatch = true;
    await expect(world.receive(emsc())).rejects.toThrow('Kafka is down');
    world.failDispatch = false;
    expect(await world.receive(emsc())).toMatchObject({ alert: { seq: 1 } });
    expect(world.store.all()[0]).toMatchObject({ lastAlertSeq: 1 });
  });

  it('adds to what another function wrote first', async () => {
    let interferences = 2;
    const world = createWorld((store) => ({
      ...store,
      async saveRevision(earthquake) {
        if (interferences > 0 && interferences--) await store.saveRevision({ ...earthquake, bulletins: [aBulletin()] });
        return store.saveRevision(earthquake);
      },
    }));
    await world.receive(emsc());
    expect(world.store.all()).toHaveLength(1);
    expect(world.store.all()[0]?.bulletins.map(({ source }) => source)).toEqual(['usgs', 'emsc']);
    expect(world.dispatched).toHaveLength(1);
  });

  it('gives up after a bounded number of attempts, and says so', async () => {
    const world = createWorld((store) => ({ ...store, saveRevision: async () => false }));
    expect(await world.receive(emsc())).toEqual({ none: 'contended' });
    expect(world.dispatched).toHaveLength(0);
  });
});
