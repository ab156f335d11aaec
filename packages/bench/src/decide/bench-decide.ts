import { decide, type Observation, type PolicyInput, parsePolicy } from '@quakewire/scaling';

const targetMs = 10;
const rounds = 200;
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const countries = letters.flatMap((first) => letters.map((second) => first + second)).slice(0, 200);
const endpointsACountry = 250_000;

/** 50 million endpoints in 200 countries, 49 of them with a sender of their own: the most that a channel can have. */
const byCountry = Object.fromEntries(countries.map((country) => [country, endpointsACountry]));
const own = countries.slice(0, 49).map((country) => ({ countries: [country], providerRatePerSecond: 100 }));
const largest: PolicyInput = {
  schemaVersion: 1,
  channels: [{ name: 'sms', senders: [...own, { providerRatePerSecond: 10_000 }] }],
};
const smallest: PolicyInput = {
  schemaVersion: 1,
  channels: [{ name: 'sms', senders: [{ providerRatePerSecond: 100 }] }],
};

/** Prints what one decision takes, for the largest input beside the smallest. True when the median is below 10 ms: the slowest
 * ones wait for the processor, which the p99 beside it shows. */
export async function benchDecide(): Promise<boolean> {
  const large = measure(largest, byCountry);
  const small = measure(smallest, { RO: 300 });
  console.log(`50,000,000 endpoints in 200 countries: ${said(large)} (target: median below ${targetMs} ms)`);
  console.log(`300 endpoints in one country:          ${said(small)}`);
  return large.medianMs < targetMs;
}

function measure(input: PolicyInput, counts: Record<string, number>) {
  const policy = parsePolicy(input);
  const fullCount = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const observation: Observation = {
    ...{ schemaVersion: 1, paused: false, alertInFlight: false, deployInFlight: false, drillInFlight: false },
    endpointsByChannelAndCountry: {
      sms: { status: 'ok', ageSeconds: 1, byCountry: counts, fullCount, fullCountAgeSeconds: 1 },
    },
    providerQuotas: {},
    sendLatency: {},
    live: { status: 'ok', ageSeconds: 1, partitions: {}, accountConcurrency: 1_000, concurrencyReservedByOthers: 4 },
  };
  const timesMs = Array.from({ length: rounds }, () => {
    const startedMs = performance.now();
    decide(observation, policy, null);
    return performance.now() - startedMs;
  });
  const sorted = timesMs.sort((a, b) => a - b);
  return { medianMs: sorted[rounds / 2] ?? 0, p99Ms: sorted[Math.ceil(0.99 * rounds) - 1] ?? 0 };
}

const said = ({ medianMs, p99Ms }: ReturnType<typeof measure>): string =>
  `median ${medianMs.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms`;
