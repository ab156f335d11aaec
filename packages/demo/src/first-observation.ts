import type { Observation, Policy } from '@quakewire/scaling';

/**
 * What is true before the very first apply: no table, so no endpoint; no topic, so no partition. The scaler itself would
 * hold here, because it can count nothing; that this installation is new is known only to whoever makes it.
 */
export function firstObservation(policy: Policy): Observation {
  const nobody = { status: 'ok', ageSeconds: 0, byCountry: {}, fullCount: 0, fullCountAgeSeconds: 0 } as const;
  return {
    schemaVersion: 1,
    paused: false,
    alertInFlight: false,
    deployInFlight: false,
    drillInFlight: false,
    endpointsByChannelAndCountry: Object.fromEntries(policy.channels.map(({ name }) => [name, nobody])),
    providerQuotas: {},
    sendLatency: {},
    live: { status: 'ok', ageSeconds: 0, partitions: {}, accountConcurrency: 1000, concurrencyReservedByOthers: 15 },
  };
}
