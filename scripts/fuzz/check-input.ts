import { type Bulletin, receiveBulletin, startingPolicy, wholeEarth } from '@quakewire/core';
import { createInMemoryEarthquakeStore } from '@quakewire/testing';
import type { Target } from './targets.ts';

const policy = startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } });
const nothing = (): void => undefined;
const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** What is wrong with how a parser, association and policy took a text; undefined: nothing. */
export async function faultOf(target: Target, text: string): Promise<string | undefined> {
  try {
    for (const event of target.parse(text)) {
      if (!('bulletin' in event)) continue;
      const bulletin = { ...event.bulletin, receivedAtMs: event.bulletin.hypocentre.originTimeMs + 60_000 };
      const absurd = absurdityOf(bulletin);
      if (absurd) return `a bulletin with an absurd ${absurd}`;
      if ((await alerts(bulletin)) && target.mustNotAlert) return 'an alert';
    }
    return undefined;
  } catch (error) {
    return `a crash: ${error instanceof Error ? error.message : error}`;
  }
}

/** As if it arrived a minute after its origin, live everywhere. */
async function alerts(bulletin: Bulletin): Promise<boolean> {
  const received = await receiveBulletin(bulletin, {
    ...{ earthquakes: createInMemoryEarthquakeStore(), policy, logger },
    storeNow: () => bulletin.receivedAtMs,
    limitSpending: async (alert) => alert,
    dispatch: async () => [],
  });
  return 'alert' in received && !received.alert.exercise;
}

function absurdityOf({ hypocentre, magnitude, ids, id, region, version }: Bulletin): string | undefined {
  const { latitude, longitude, depthKm, originTimeMs } = hypocentre;
  const isWithin = (value: number, from: number, to: number): boolean => value >= from && value <= to;
  if (!isWithin(latitude, -90, 90) || !isWithin(longitude, -180, 180)) return 'place';
  if (!isWithin(depthKm, -10, 800)) return 'depth';
  if (!isWithin(magnitude, -2, 10)) return 'magnitude';
  if (!Number.isInteger(originTimeMs) || !isWithin(Math.abs(originTimeMs), 0, 8.64e15)) return 'origin time';
  if (!Number.isFinite(version)) return 'version';
  if (![id, ...ids].every((one) => one.length > 0 && one.length <= 1_000) || region.length > 300) return 'name';
  return undefined;
}
