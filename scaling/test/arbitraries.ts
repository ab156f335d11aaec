import fc from 'fast-check';
import type { Observation } from '../src/decide/observation.ts';
import type { PolicyInput } from '../src/decide/policy.ts';

const countries = ['RO', 'MT', 'US', 'DE'] as const;
const names = ['sms', 'email', 'telegram', 'webhook', 'constructor'] as const;

/** From nothing to the largest channel that is allowed, each order of magnitude alike. */
export const endpointCounts = fc
  .integer({ min: 0, max: 7 })
  .chain((digits) => fc.integer({ min: 0, max: 10 ** digits }));

const rates = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 50_000 }));

const sender = (served: string[]) =>
  fc.record({
    countries: fc.constant(served),
    providerRatePerSecond: rates,
    messageParts: fc.integer({ min: 1, max: 10 }),
    microUsdPerPart: fc.integer({ min: 0, max: 1_000_000 }),
  });

const senders = fc.oneof(
  fc.tuple(sender(['*'])),
  fc.tuple(sender(['RO']), sender(['*'])),
  fc.tuple(sender(['RO', 'US']), sender(['MT'])),
);

const partitionBounds = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 960 }))
  .map(([minimum, more]) => ({
    minimumActivePartitions: minimum,
    maximumActivePartitions: Math.min(1_000, minimum + 5 + more),
  }));

const channelSettings = fc.tuple(
  fc.record({
    sloSecondsToLastRecipient: fc.integer({ min: 30, max: 3_600 }),
    senders,
    accountRatePerSecond: fc.option(rates, { nil: undefined }),
    liveQuota: fc.boolean(),
    provisionedPollers: fc.boolean(),
    concurrentSendsPerWorker: fc.integer({ min: 1, max: 100 }),
    assumedSendLatencyP95Ms: fc.integer({ min: 50, max: 5_000 }),
    warmPercent: fc.integer({ min: 0, max: 100 }),
    memoryMb: fc.integer({ min: 256, max: 10_240 }),
  }),
  partitionBounds,
);

const channel = (name: string) =>
  channelSettings.map(([{ accountRatePerSecond, ...settings }, bounds]) => ({
    name,
    ...settings,
    ...bounds,
    ...(accountRatePerSecond === undefined ? {} : { accountRatePerSecond }),
  }));

const channels = fc
  .subarray([...names], { minLength: 1, maxLength: 3 })
  .chain((chosen) => fc.tuple(...chosen.map(channel)));

const policySettings = fc.record({
  agreeingRunsToShrink: fc.integer({ min: 2, max: 5 }),
  allowShrink: fc.constant(true),
  standingCostCeilingUsdPerMonth: fc.oneof(fc.integer({ min: 0, max: 600 }), fc.constant(10_000_000)),
  fixedUsdPerMonth: fc.integer({ min: 0, max: 50 }),
  kafkaMicroUsdPerPartitionMonth: fc.integer({ min: 0, max: 1_000_000 }),
  cpuMicrosecondsPerSend: fc.integer({ min: 10, max: 100_000 }),
  unitsPerSecondPerVcpu: fc.integer({ min: 10, max: 1_000_000 }),
  region: fc.constantFrom('us-east-1' as const, 'eu-central-1' as const),
});

/** Any policy that is accepted. */
export const policies: fc.Arbitrary<PolicyInput> = fc
  .tuple(channels, policySettings)
  .map(([all, settings]) => ({ schemaVersion: 1, channels: all, ...settings }));

/** The same without limits of money: growth is refused by nothing. */
export const policiesWithoutBudgets: fc.Arbitrary<PolicyInput> = policies.map((policy) => ({
  ...policy,
  standingCostCeilingUsdPerMonth: 10_000_000,
  fixedUsdPerMonth: 0,
}));

export interface ObservationOptions {
  /** Everything can be trusted: no channel is held. */
  good?: boolean;
  /** Account concurrency that never refuses growth. */
  budgetsOpen?: boolean;
}

/** An observation for a policy; by default now and then with something that cannot be trusted. */
export function observationsFor(policy: PolicyInput, options: ObservationOptions = {}): fc.Arbitrary<Observation> {
  const perChannel = <T>(arbitrary: fc.Arbitrary<T>) =>
    fc.record(Object.fromEntries(policy.channels.map(({ name }) => [name, arbitrary])));
  const accountConcurrency = options.budgetsOpen ? fc.constant(1_000_000) : fc.integer({ min: 0, max: 3_000 });
  return fc.record({
    schemaVersion: fc.constant(1 as const),
    paused: fc.constant(false),
    alertInFlight: fc.constant(false),
    deployInFlight: fc.constant(false),
    drillInFlight: fc.constant(false),
    endpointsByChannelAndCountry: perChannel(count(options)),
    providerQuotas: perChannel(quota(options)),
    sendLatency: perChannel(fc.record({ ageSeconds: fc.constant(60), p95Ms: fc.integer({ min: 1, max: 6_000 }) })),
    live: fc.record({
      status: fc.constant('ok' as const),
      ageSeconds: fc.constant(60),
      partitions: perChannel(fc.integer({ min: 0, max: 60 })),
      accountConcurrency,
      concurrencyReservedByOthers: fc.integer({ min: 0, max: 50 }),
    }),
  });
}

function count({ good = false }: ObservationOptions) {
  const byCountry = fc.dictionary(fc.constantFrom(...countries), endpointCounts, { maxKeys: 4 });
  const status = good ? fc.constant('ok' as const) : maybe<'ok' | 'failed'>('ok', 'failed');
  const ageSeconds = good ? fc.constant(60) : maybe(60, 9_000);
  return fc.record({ status, ageSeconds, byCountry }).map((known) => ({
    ...known,
    fullCount: Object.values(known.byCountry).reduce((total, endpoints) => total + endpoints, 0),
    fullCountAgeSeconds: 60,
  }));
}

function quota({ good = false }: ObservationOptions) {
  return fc.record({
    status: fc.constant('ok' as const),
    ageSeconds: fc.constant(5),
    providerRatePerSecond: good
      ? rates
      : fc.oneof({ weight: 9, arbitrary: rates }, { weight: 1, arbitrary: fc.constant(0) }),
    remainingToday: fc.option(fc.integer({ min: 0, max: 100_000 })),
  });
}

/** Mostly the first value. */
function maybe<T>(usual: T, seldom: T): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(seldom) });
}

export interface Scenario {
  policy: PolicyInput;
  observations: Observation[];
}

/** A policy and observations of several runs, one after the other. */
export function scenarios(
  runs: { minLength: number; maxLength: number },
  options: ObservationOptions & { policy?: fc.Arbitrary<PolicyInput> } = {},
): fc.Arbitrary<Scenario> {
  const policy = options.policy ?? (options.budgetsOpen ? policiesWithoutBudgets : policies);
  return policy.chain((chosen) =>
    fc.record({ policy: fc.constant(chosen), observations: fc.array(observationsFor(chosen, options), runs) }),
  );
}
