import { aPolicy, createInMemoryEarthquakeStore, originTimeMs } from '@quakewire/testing';
import type { Alert } from '../src/alert/alert.ts';
import type { Bulletin } from '../src/earthquake/bulletin.ts';
import type { Earthquake } from '../src/earthquake/earthquake.ts';
import type { EarthquakeStore } from '../src/earthquake/earthquake-store.ts';
import { type Received, receiveBulletin } from '../src/earthquake/receive-bulletin.ts';

const silent = (): void => undefined;

/** A function that takes bulletins, on stores in memory; what it dispatches is kept. */
export function createReceivingWorld(wrap: (store: EarthquakeStore) => EarthquakeStore = (store) => store) {
  const store = createInMemoryEarthquakeStore();
  const dispatched: { alert: Alert; earthquake: Earthquake }[] = [];
  const world = {
    store,
    dispatched,
    failDispatch: false,
    policy: aPolicy(),
    nowMs: originTimeMs + 65_000,
    /** Kinds and magnitudes of what people were told, in order. */
    told: () => dispatched.map(({ alert }) => `${alert.kind} M${alert.magnitude}`),
    receive: (bulletin: Bulletin): Promise<Received> =>
      receiveBulletin(bulletin, {
        earthquakes: wrap(store),
        policy: world.policy,
        storeNow: () => world.nowMs,
        limitSpending: async (alert) => alert,
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
