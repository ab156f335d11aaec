import { sum } from '../decide/integer.ts';
import type { EndpointCount, LiveState, Observation, ProviderQuota } from '../decide/observation.ts';
import { ownValue } from '../decide/own-value.ts';
import type { Policy } from '../decide/policy.ts';

/** Concurrent executions that Lambda allows the account, and what others than the consumers have reserved of them. */
export interface Concurrency {
  accountConcurrency: number;
  concurrencyReservedByOthers: number;
}

export interface Quota {
  providerRatePerSecond: number;
  /** Messages left today, or null without a daily quota. */
  remainingToday: number | null;
}

/** What is read from outside. Each port throws when it does not know: a failure must never look like a zero. */
export interface ObservePorts {
  /** Endpoints by channel and country, from one full count. */
  countEndpoints(): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>>;
  /** Partitions by topic; 0 only for a topic that the broker says does not exist. */
  livePartitions(topics: string[]): Promise<Record<string, number>>;
  concurrency(channels: string[]): Promise<Concurrency>;
  /** Live quota by channel; a channel that is absent has no way to ask its provider. */
  quotas: Readonly<Record<string, () => Promise<Quota>>>;
  alertInFlight(channels: string[]): Promise<boolean>;
}

/** Flags that a person or a workflow sets. */
export interface OperatorFlags {
  paused: boolean;
  deployInFlight: boolean;
  drillInFlight: boolean;
}

export interface ObserveInput {
  policy: Policy;
  flags: OperatorFlags;
  ports: ObservePorts;
  /** Told once for every input that could not be read: what, and the error. */
  onFailure(input: string, error: unknown): void;
}

/**
 * Reads everything that `decide` needs. An input that cannot be read is marked as failed, so that its channel, or
 * everything, is held; a flag that cannot be read is left out, which counts as set.
 */
export async function observe({ policy, flags, ports, onFailure }: ObserveInput): Promise<Observation> {
  const names = policy.channels.map((channel) => channel.name);
  const [counts, quotas, live, alert] = await Promise.all([
    countEndpoints(names, ports, onFailure),
    byName(
      policy.channels.filter((channel) => channel.liveQuota).map((channel) => channel.name),
      (name) => readQuota(name, ports, onFailure),
    ),
    readLive(names, ports, onFailure),
    ports.alertInFlight(names).catch((error: unknown) => void onFailure('open alerts', error)),
  ]);
  return {
    schemaVersion: 1,
    ...flags,
    ...(alert === undefined ? {} : { alertInFlight: alert }),
    endpointsByChannelAndCountry: counts,
    providerQuotas: quotas,
    // Consumers do not publish their send latency yet: `decide` says so and uses the policy's assumption.
    sendLatency: {},
    live,
  };
}

type OnFailure = ObserveInput['onFailure'];

/** Every row is counted on every run, so the counters and the full count are one and the same. */
async function countEndpoints(
  names: string[],
  ports: ObservePorts,
  onFailure: OnFailure,
): Promise<Record<string, EndpointCount>> {
  const counts = await ports.countEndpoints().catch((error: unknown) => void onFailure('endpoint counts', error));
  return byName(names, async (name): Promise<EndpointCount> => {
    const byCountry = ownValue(counts, name);
    if (byCountry === undefined) return { status: 'failed' };
    const fullCount = sum(Object.values(byCountry));
    return { status: 'ok', ageSeconds: 0, byCountry: { ...byCountry }, fullCount, fullCountAgeSeconds: 0 };
  });
}

async function readQuota(name: string, ports: ObservePorts, onFailure: OnFailure): Promise<ProviderQuota> {
  try {
    const read = ownValue(ports.quotas, name);
    if (read === undefined) throw new Error('this channel has no provider that can be asked; set liveQuota to false');
    return { status: 'ok', ageSeconds: 0, ...(await read()) };
  } catch (error) {
    onFailure(`provider quota of ${name}`, error);
    return { status: 'failed' };
  }
}

async function readLive(names: string[], ports: ObservePorts, onFailure: OnFailure): Promise<LiveState> {
  try {
    const [byTopic, concurrency] = await Promise.all([
      ports.livePartitions(names.map(topicOf)),
      ports.concurrency(names),
    ]);
    const existing = names.flatMap((name) => {
      const count = byTopic[topicOf(name)];
      if (count === undefined) throw new Error(`the broker gave no answer for the topic of ${name}`);
      return count === 0 ? [] : [[name, count]];
    });
    return { status: 'ok', ageSeconds: 0, partitions: Object.fromEntries(existing), ...concurrency };
  } catch (error) {
    onFailure('live partitions and concurrency', error);
    return { status: 'failed' };
  }
}

const topicOf = (channel: string) => `dispatch.${channel}`;

async function byName<T>(names: string[], read: (name: string) => Promise<T>): Promise<Record<string, T>> {
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(name)] as const)));
}
