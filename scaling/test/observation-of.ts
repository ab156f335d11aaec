import type { Observation } from '../src/decide/observation.ts';

/** A good observation with this many endpoints a channel, all in one country, confirmed by a full count. */
export function observationOf(endpoints: Record<string, number>): Observation {
  const count = (total: number) => ({
    status: 'ok' as const,
    ageSeconds: 1,
    byCountry: { TR: total },
    fullCount: total,
    fullCountAgeSeconds: 1,
  });
  return {
    schemaVersion: 1,
    paused: false,
    alertInFlight: false,
    deployInFlight: false,
    drillInFlight: false,
    endpointsByChannelAndCountry: Object.fromEntries(
      Object.entries(endpoints).map(([name, total]) => [name, count(total)]),
    ),
    providerQuotas: {},
    sendLatency: Object.fromEntries(Object.keys(endpoints).map((name) => [name, { ageSeconds: 1, p95Ms: 300 }])),
    live: { status: 'ok', ageSeconds: 1, partitions: {}, accountConcurrency: 1_000, concurrencyReservedByOthers: 4 },
  };
}
