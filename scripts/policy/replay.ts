import { type Alert, type AlertPolicy, type Bulletin, type Received, receiveBulletin } from '@quakewire/core';
import { createInMemoryEarthquakeStore } from '@quakewire/testing';

/** What became of one report. */
export interface Replayed {
  bulletin: Bulletin;
  /** When it arrived, milliseconds since the epoch. */
  atMs: number;
  received: Received;
}

export interface ReplayOptions {
  policy: AlertPolicy;
  /** As if every report had arrived so long after its origin; else each arrives when its source published it. */
  afterOriginSeconds?: number | undefined;
}

/**
 * Takes reports in the order in which they arrived through association and policy, on stores in memory; nothing is sent.
 */
export async function replay(
  bulletins: readonly Omit<Bulletin, 'receivedAtMs'>[],
  { policy, afterOriginSeconds }: ReplayOptions,
): Promise<Replayed[]> {
  const arrivals = bulletins
    .map((bulletin) => ({ bulletin, atMs: arrivalMs(bulletin, afterOriginSeconds) }))
    .toSorted((a, b) => a.atMs - b.atMs || a.bulletin.version - b.bulletin.version);
  const earthquakes = createInMemoryEarthquakeStore();
  const replayed: Replayed[] = [];
  for (const { bulletin, atMs } of arrivals) {
    const arrived = { ...bulletin, receivedAtMs: atMs };
    const received = await receiveBulletin(arrived, {
      ...{ earthquakes, policy, logger: silent },
      storeNow: () => atMs,
      limitSpending: async (alert: Alert) => alert,
      dispatch: async () => [],
    });
    replayed.push({ bulletin: arrived, atMs, received });
  }
  return replayed;
}

const arrivalMs = (
  { hypocentre, version }: Omit<Bulletin, 'receivedAtMs'>,
  afterSeconds: number | undefined,
): number => (afterSeconds === undefined ? version : hypocentre.originTimeMs + afterSeconds * 1000);

const nothing = (): void => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
