import { aBulletin, aPolicy, originTimeMs } from '@quakewire/testing';
import { createReceivingWorld as createWorld } from '../../test/receiving-world.ts';
import type { Bulletin } from './bulletin.ts';

const emsc = (changes: Partial<Bulletin> = {}) => aBulletin({ source: 'emsc', id: 'e1', ids: ['e1'], ...changes });
const later = originTimeMs + 99_000;

describe('receive bulletin', () => {
  it('alerts once for an earthquake that two sources report in several versions', async () => {
    const world = createWorld();
    expect(await world.receive(emsc())).toMatchObject({ alert: { seq: 1 } });
    expect(await world.receive(aBulletin())).toMatchObject({ none: 'alreadyAlerted' });
    expect(await world.receive(emsc({ version: later, magnitude: 6.4 }))).toMatchObject({ none: 'alreadyAlerted' });
    expect(await world.receive(emsc())).toMatchObject({ none: 'alreadyAlerted' });
    expect(world.dispatched).toHaveLength(1);
    expect(world.store.all()).toHaveLength(1);
    expect(world.store.all()[0]?.bulletins).toHaveLength(2);
  });

  it('pins the maps that the runs walk, and keeps how fast the alert went out', async () => {
    const world = createWorld();
    await world.receive(emsc());
    expect(world.store.all()[0]).toMatchObject({
      lastAlertSeq: 1,
      lastAlert: { seq: 1, magnitude: 6.2 },
      pinnedMaps: { sms: 7 },
      lastDispatch: { seq: 1, receivedAtMs: originTimeMs + 61_000, acknowledgedAtMs: { sms: originTimeMs + 65_020 } },
    });
  });

  it('updates on a significant change and cancels a retraction, on the maps that were pinned', async () => {
    const world = createWorld();
    await world.receive(emsc());
    await world.receive(emsc({ version: later, magnitude: 6.8 }));
    await world.receive(emsc({ version: later + 1, status: 'deleted', magnitude: 0 }));
    const told = world.dispatched.map(({ alert, earthquake }) => [alert.seq, alert.kind, earthquake.pinnedMaps]);
    expect(told).toEqual([
      [1, 'alert', {}],
      [2, 'update', { sms: 7 }],
      [3, 'cancel', { sms: 7 }],
    ]);
  });

  it('does not cancel while another source still stands by it', async () => {
    const world = createWorld();
    await world.receive(emsc());
    await world.receive(aBulletin());
    expect(await world.receive(emsc({ version: later, status: 'deleted' }))).toMatchObject({ none: 'alreadyAlerted' });
    expect(await world.receive(aBulletin({ version: later, status: 'deleted' }))).toMatchObject({
      alert: { kind: 'cancel' },
    });
  });

  it('takes a retraction that says nothing but an id, and none of what it never heard of', async () => {
    const world = createWorld();
    await world.receive(emsc());
    const nowhere = { latitude: 0, longitude: 0, depthKm: 0, originTimeMs };
    const retraction = { status: 'deleted', magnitude: 0, hypocentre: nowhere } as const;
    expect(await world.receive(emsc({ ...retraction, id: 'e2', ids: ['e2'] }))).toMatchObject({ none: 'notKept' });
    expect(await world.receive(emsc({ ...retraction, version: later }))).toMatchObject({ alert: { kind: 'cancel' } });
  });

  it('keeps an exercise apart from what is real, though it lies at the same place and time', async () => {
    const world = createWorld();
    await world.receive(emsc());
    expect(await world.receive(aBulletin({ exercise: true }))).toMatchObject({ alert: { exercise: true, seq: 1 } });
    expect(world.store.all()).toHaveLength(2);
  });

  it('keeps small earthquakes only from where they may still grow, and alerts when one does', async () => {
    const world = createWorld();
    expect(await world.receive(emsc({ magnitude: 3.9 }))).toMatchObject({ none: 'notKept' });
    expect(await world.receive(emsc({ magnitude: 4.3 }))).toMatchObject({ none: 'magnitudeTooSmall' });
    expect(await world.receive(emsc({ magnitude: 4.8, version: later }))).toMatchObject({ alert: { magnitude: 4.8 } });
  });

  it('decides in shadow mode, writes it down, and tells nobody', async () => {
    const world = createWorld();
    const everywhere = { area: { south: -90, north: 90, west: -180, east: 180 } };
    world.policy = aPolicy({ regions: { everywhere: { ...everywhere, mode: 'shadow' } } });
    expect(await world.receive(emsc())).toMatchObject({ shadow: { seq: 1 } });
    expect(await world.receive(emsc())).toMatchObject({ none: 'alreadyAlerted' });
    expect(world.dispatched).toHaveLength(0);
    world.policy = aPolicy();
    expect(await world.receive(emsc({ version: later }))).toMatchObject({ alert: { kind: 'alert', seq: 2 } });
    expect(world.dispatched).toHaveLength(1);
  });

  it('damps the aftershocks of what it received before', async () => {
    const world = createWorld();
    await world.receive(emsc({ magnitude: 7.4 }));
    const { hypocentre } = emsc();
    const aftershock = emsc({
      ...{ id: 'e2', ids: ['e2'], magnitude: 4.6 },
      hypocentre: { ...hypocentre, depthKm: 60, originTimeMs: originTimeMs + 600_000 },
    });
    world.nowMs = originTimeMs + 660_000;
    expect(await world.receive(aftershock)).toMatchObject({ none: 'aftershock' });
  });

  it('dispatches what was decided before a crash, as it was decided', async () => {
    const world = createWorld();
    world.failDispatch = true;
    await expect(world.receive(emsc())).rejects.toThrow('Kafka is down');
    world.failDispatch = false;
    world.nowMs += 20_000;
    expect(await world.receive(emsc())).toMatchObject({ alert: { seq: 1, issuedAtMs: originTimeMs + 65_000 } });
    expect(world.store.all()[0]).toMatchObject({ lastAlertSeq: 1, lastDispatch: { seq: 1 } });
    expect(await world.receive(emsc())).toMatchObject({ none: 'alreadyAlerted' });
    expect(world.dispatched).toHaveLength(1);
  });

  it('adds to what another function wrote first', async () => {
    let interferences = 2;
    const world = createWorld((store) => ({
      ...store,
      async create(earthquake, surroundings) {
        if (interferences > 0 && interferences--)
          await store.create({ ...earthquake, bulletins: [aBulletin()] }, surroundings);
        return store.create(earthquake, surroundings);
      },
    }));
    await world.receive(emsc());
    expect(world.store.all()).toHaveLength(1);
    expect(world.store.all()[0]?.bulletins.map(({ source }) => source)).toEqual(['usgs', 'emsc']);
    expect(world.dispatched).toHaveLength(1);
  });

  it('makes one earthquake, alerted once, of bulletins that arrive in several functions at the same instant', async () => {
    const world = createWorld();
    await Promise.all([
      world.receive(emsc()),
      world.receive(aBulletin()),
      world.receive(aBulletin({ source: 'ingest', id: 'i', ids: ['i'] })),
    ]);
    expect(world.store.all()).toHaveLength(1);
    expect(world.store.all()[0]?.bulletins).toHaveLength(3);
    expect(new Set(world.dispatched.map(({ alert }) => `${alert.earthquakeId} ${alert.seq}`)).size).toBe(1);
  });

  it('gives up after a bounded number of attempts, so that the bulletin is taken again later', async () => {
    const world = createWorld((store) => ({ ...store, create: async () => false }));
    await expect(world.receive(emsc())).rejects.toThrow('another function was first');
    expect(world.dispatched).toHaveLength(0);
  });
});
