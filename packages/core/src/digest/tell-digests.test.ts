import {
  aBulletin,
  anAlert,
  anEndpoint,
  aPolicy,
  createInMemoryEarthquakeStore,
  createInMemoryRunStore,
} from '@quakewire/testing';
import { type Alert, alertSchema } from '../alert/alert.ts';
import { concerns } from '../alert/concerns.ts';
import { urgencyOf } from '../dispatch/urgency.ts';
import type { Bulletin } from '../earthquake/bulletin.ts';
import { receiveBulletin } from '../earthquake/receive-bulletin.ts';
import { renderText } from '../message/render-text.ts';
import { tellDigests } from './tell-digests.ts';

const originTimeMs = Date.parse('2026-03-04T20:00:00Z');
const deep = { ...aBulletin().hypocentre, depthKm: 60, originTimeMs };
const mainshock = aBulletin({ id: 'm', ids: ['m'], magnitude: 7.4, hypocentre: deep });
/** So many minutes after the mainshock. */
const aftershock = (minutes: number, magnitude: number): Bulletin => {
  const id = `a${minutes}`;
  return aBulletin({
    ...{ id, ids: [id], magnitude },
    hypocentre: { ...deep, originTimeMs: originTimeMs + minutes * 60_000 },
  });
};
const silent = (): void => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };

function createWorld() {
  const earthquakes = createInMemoryEarthquakeStore();
  const runs = createInMemoryRunStore();
  const dispatched: Alert[] = [];
  const policy = aPolicy();
  let nowMs = originTimeMs;
  const dispatch = async (alert: Alert) => {
    await runs.putAlert(alert);
    dispatched.push(alert);
    return [];
  };
  return {
    dispatched,
    async receive(...bulletins: Bulletin[]) {
      for (const bulletin of bulletins) {
        nowMs = bulletin.hypocentre.originTimeMs + 60_000;
        const limitSpending = async (alert: Alert) => alert;
        await receiveBulletin(bulletin, {
          ...{ earthquakes, policy, logger, limitSpending },
          ...{ storeNow: () => nowMs, dispatch: async () => [] },
        });
      }
    },
    tellAt: async (time: string, changes: Partial<typeof policy> = {}) => {
      nowMs = Date.parse(time);
      await tellDigests({
        ...{ earthquakes, runs, policy: { ...policy, ...changes } },
        storeNow: () => nowMs,
        dispatch,
        logger,
      });
    },
  };
}

describe('a digest', () => {
  it('tells of all aftershocks since the time before, by the largest of them, and never by SMS', async () => {
    const world = createWorld();
    await world.receive(mainshock, aftershock(30, 4.6), aftershock(90, 4.9), aftershock(120, 4.7));
    await world.tellAt('2026-03-05T05:59:00Z');
    expect(world.dispatched).toHaveLength(0);
    await world.tellAt('2026-03-05T06:00:10Z');
    const [digest] = world.dispatched;
    expect(alertSchema.parse(digest)).toMatchObject({
      ...{ kind: 'alert', type: 'notification', seq: 1, exercise: false, magnitude: 4.9, smsRadiusKm: 0 },
      aftershocks: { count: 3, sinceMs: originTimeMs + 30 * 60_000 },
    });
    expect(digest?.earthquakeId).toMatch(/^digest-2026030506-20260304T200000-m$/);
    expect(urgencyOf(digest ?? anAlert())).toBe('digest');
    const near = { latitude: deep.latitude, longitude: deep.longitude + 0.1, minimumIntensity: 1 };
    const toldBy = (channel: 'sms' | 'email') => digest && concerns(anEndpoint(1, { ...near, channel }), digest);
    expect([toldBy('email'), toldBy('sms')]).toEqual([true, false]);
  });

  it('is made once, dispatched again for a few minutes, and begins anew at the next time', async () => {
    const world = createWorld();
    await world.receive(mainshock, aftershock(30, 4.6));
    for (const time of ['06:00:10', '06:01:10', '06:05:00', '15:59:00', '16:00:00'])
      await world.tellAt(`2026-03-05T${time}Z`);
    expect(new Set(world.dispatched.map(({ earthquakeId }) => earthquakeId)).size).toBe(1);
    expect(world.dispatched).toHaveLength(2);
    await world.receive(aftershock(20 * 60 + 30, 4.6));
    await world.tellAt('2026-03-06T06:00:10Z');
    expect(world.dispatched.at(-1)).toMatchObject({ aftershocks: { count: 1 } });
  });

  it('leaves out what is told of singly, or was retracted, and is none where nothing is left', async () => {
    const world = createWorld();
    const retracted = aftershock(60, 4.8);
    await world.receive(mainshock, aftershock(30, 6.5), retracted, { ...retracted, status: 'deleted' });
    await world.tellAt('2026-03-05T06:00:10Z');
    expect(world.dispatched).toHaveLength(0);
  });

  it('is not told hours late, in a region that is not live, or by a policy that names no hour', async () => {
    const world = createWorld();
    await world.receive(mainshock, aftershock(30, 4.6));
    const everywhere = { south: -90, north: 90, west: -180, east: 180 };
    await world.tellAt('2026-03-05T06:00:10Z', { regions: { all: { mode: 'shadow', area: everywhere } } });
    const { digestHoursUtc: _, ...aftershocks } = aPolicy().aftershocks;
    await world.tellAt('2026-03-05T06:00:10Z', { aftershocks });
    await world.tellAt('2026-03-05T08:00:10Z');
    expect(world.dispatched).toHaveLength(0);
  });

  it('says how many they were, since when, and which was the largest', () => {
    const digest = anAlert({
      magnitude: 4.9,
      aftershocks: { count: 12, sinceMs: anAlert().hypocentre.originTimeMs - 3_600_000 },
    });
    const reader = anEndpoint(1, { channel: 'telegram' });
    expect(renderText(digest, reader, digest.issuedAtMs).text).toBe(
      'AFTERSHOCKS: 12 since 11:49:10 UTC+3, this is the largest:\nEarthquake M4.9, 68 km W of you, at 12:49:10 UTC+3: Marmara Sea.',
    );
    expect(renderText(digest, { ...reader, language: 'ro' }, digest.issuedAtMs).text).toMatch(
      /^REPLICI: 12 de la ora 11:49:10 UTC\+3, cea mai mare:\nCutremur M4,9/,
    );
  });
});
