import { capacityOf } from '../decide/capacity.ts';
import type { Observation } from '../decide/observation.ts';
import { ownValue } from '../decide/own-value.ts';
import type { ChannelPolicy, Policy } from '../decide/policy.ts';
import type { ChannelCapacity, Sizing } from '../decide/sizing.ts';
import { ActError } from './act-error.ts';
import type { ChannelTfvars, Tfvars } from './tfvars.ts';

export interface TfvarsContext {
  /** Gives channels with `liveQuota` the rate that their provider really allows. */
  observation?: Observation;
  /** The file in force: where neither policy nor observation know a rate, it stays. */
  inForce?: Tfvars | null;
}

const maximumRatePerSecond = 50_000;

/**
 * The Terraform variables of a sizing.
 * @throws {ActError} Without a capacity, or for a channel whose provider rate nobody knows.
 */
export function toTfvars(sizing: Sizing, policy: Policy, context: TfvarsContext = {}): Tfvars {
  const { capacity } = sizing;
  if (capacity === null) throw new ActError('the sizing holds no capacity yet: nothing to write');
  const channels = Object.keys(capacity.control.channels).map((name): [string, ChannelTfvars] => {
    const rate = providerRatePerSecond(name, policy, context);
    return [name, toChannel(capacityOf(capacity, name) as ChannelCapacity, rate)];
  });
  const { memoryMb } = capacity.infrastructure.producer;
  const producer = { memory_mb: memoryMb, threads: capacity.control.producer.threads };
  return { scaling: { schema: 1, producer, channels: Object.fromEntries(channels) } };
}

function toChannel(capacity: ChannelCapacity, providerRate: number): ChannelTfvars {
  return {
    active_partitions: capacity.activePartitions,
    max_workers_per_segment: capacity.maxWorkersPerSegment,
    maximum_pollers: capacity.maximumPollers,
    memory_mb: capacity.memoryMb,
    minimum_pollers: capacity.minimumPollers,
    partitions: capacity.partitions,
    provider_rate_per_second: providerRate,
    reserved_concurrency: capacity.reservedConcurrency,
    segment_endpoints: capacity.segmentEndpoints,
    warm_workers: capacity.warmWorkers,
  };
}

/** Messages a second that the provider accepts: the limit that the workers of a channel share. */
function providerRatePerSecond(name: string, policy: Policy, { observation, inForce }: TfvarsContext): number {
  const channel = policy.channels.find((candidate) => candidate.name === name);
  const current = ownValue(inForce?.scaling.channels, name)?.provider_rate_per_second;
  if (channel === undefined) {
    if (current === undefined)
      throw new ActError(`channel ${name}: not in the policy, and no file in force knows its rate`);
    return current;
  }
  const allowed = policyRate(channel);
  if (!channel.liveQuota) return allowed;
  const quota = ownValue(observation?.providerQuotas, name);
  const live = quota?.status === 'ok' && quota.providerRatePerSecond ? quota.providerRatePerSecond : current;
  return Math.min(allowed, live ?? allowed);
}

/** Senders' rates count message parts, the account's counts messages. */
function policyRate(channel: ChannelPolicy): number {
  const bySenders = channel.senders.map(({ providerRatePerSecond: parts, messageParts }) =>
    Math.max(1, (parts - (parts % messageParts)) / messageParts),
  );
  const total = bySenders.reduce((sum, rate) => sum + rate, 0);
  return Math.min(total, channel.accountRatePerSecond ?? maximumRatePerSecond, maximumRatePerSecond);
}
