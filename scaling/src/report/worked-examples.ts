import { decide } from '../decide/decide.ts';
import type { Observation } from '../decide/observation.ts';
import type { PolicyInput } from '../decide/policy.ts';
import type { Sizing } from '../decide/sizing.ts';

/** One channel with the provider rate of a usual contract. */
export interface Example {
  name: string;
  contract: string;
  p95Ms: number;
  channel: PolicyInput['channels'][number];
}

export const examples: readonly Example[] = [
  example('sms', '100/s short code', 300, {
    sloSecondsToLastRecipient: 300,
    senders: [{ providerRatePerSecond: 100 }],
  }),
  example('email', '200/s', 100, { sloSecondsToLastRecipient: 300, senders: [{ providerRatePerSecond: 200 }] }),
  example('telegram', '30/s', 200, { sloSecondsToLastRecipient: 300, senders: [{ providerRatePerSecond: 30 }] }),
  example('telegramPaid', '1,000/s', 200, {
    sloSecondsToLastRecipient: 300,
    senders: [{ providerRatePerSecond: 1_000 }],
  }),
  example('webhook', '500/s', 500, { sloSecondsToLastRecipient: 60, senders: [{ providerRatePerSecond: 500 }] }),
  example('mass', '10,000/s', 300, {
    sloSecondsToLastRecipient: 60,
    maximumActivePartitions: 200,
    provisionedPollers: true,
    senders: [{ providerRatePerSecond: 10_000 }],
  }),
];

export const exampleEndpoints = [0, 300, 5_000, 10_000, 200_000, 1_000_000, 50_000_000];

function example(name: string, contract: string, p95Ms: number, rest: Omit<Example['channel'], 'name'>): Example {
  return { name, contract, p95Ms, channel: { name, ...rest } };
}

/** The first sizing of an installation with this one channel. */
export function sizeExample({ name, p95Ms, channel }: Example, endpoints: number): Sizing {
  return decide(observe(name, endpoints, p95Ms), { schemaVersion: 1, channels: [channel] }, null);
}

function observe(name: string, endpoints: number, p95Ms: number): Observation {
  const count = { status: 'ok' as const, ageSeconds: 60, byCountry: { RO: endpoints } };
  return {
    schemaVersion: 1,
    paused: false,
    alertInFlight: false,
    deployInFlight: false,
    drillInFlight: false,
    endpointsByChannelAndCountry: { [name]: { ...count, fullCount: endpoints, fullCountAgeSeconds: 600 } },
    providerQuotas: {},
    sendLatency: { [name]: { ageSeconds: 60, p95Ms } },
    live: { status: 'ok', ageSeconds: 60, partitions: {}, accountConcurrency: 1_000, concurrencyReservedByOthers: 30 },
  };
}
