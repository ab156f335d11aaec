import { isCount, sum } from './integer.ts';
import type { EndpointCount, LiveState, Observation, ProviderQuota } from './observation.ts';
import { ownValue } from './own-value.ts';
import type { ChannelPolicy, Policy } from './policy.ts';
import type { ReasonCode } from './reason.ts';

/** Live values that passed every check. */
export interface TrustedLive {
  partitions: Readonly<Record<string, number>>;
  accountConcurrency: number;
  concurrencyReservedByOthers: number;
}

/** Inputs of one channel that passed every check. */
export interface TrustedInputs {
  endpoints: number;
  byCountry: Readonly<Record<string, number>>;
  /** Messages a second that the provider reports, or null where the policy does not ask for it. */
  liveRatePerSecond: number | null;
  /** Messages that the daily quota still allows, or null without one. */
  remainingToday: number | null;
}

export type Trust = { held: ReasonCode } | { held: null; inputs: TrustedInputs };

const maximumPartitions = 200_000;
const maximumConcurrency = 1_000_000;
const maximumProviderRatePerSecond = 50_000;
/** Counter and full count are taken at different moments: this much difference is sign-ups, not an error. */
const tolerated = { percent: 5, endpoints: 100 };

/** The live values, or null when any of them is missing, old or absurd. */
export function trustLive(live: LiveState | undefined, policy: Policy): TrustedLive | null {
  if (live?.status !== 'ok' || !isFresh(live.ageSeconds, policy)) return null;
  const { partitions, accountConcurrency, concurrencyReservedByOthers } = live;
  if (!isCount(accountConcurrency, maximumConcurrency)) return null;
  if (!isCount(concurrencyReservedByOthers, maximumConcurrency)) return null;
  if (!isRecordOfCounts(partitions, maximumPartitions)) return null;
  return { partitions, accountConcurrency, concurrencyReservedByOthers };
}

/**
 * Decides whether a channel's count and quota may move its sizing. The first thing that is wrong names the hold.
 * @param lastGoodEndpoints The count of the last run that was not held, or null.
 */
export function trustInputs(
  observation: Observation,
  channel: ChannelPolicy,
  policy: Policy,
  lastGoodEndpoints: number | null,
): Trust {
  const count = ownValue(observation.endpointsByChannelAndCountry, channel.name);
  const held = countProblem(count, policy, lastGoodEndpoints);
  if (held !== null) return { held };
  const byCountry = count?.byCountry as Record<string, number>;
  const quota = channel.liveQuota ? readQuota(ownValue(observation.providerQuotas, channel.name), policy) : noQuota;
  if ('held' in quota) return quota;
  return { held: null, inputs: { endpoints: sum(Object.values(byCountry)), byCountry, ...quota } };
}

function countProblem(count: EndpointCount | undefined, policy: Policy, lastGood: number | null): ReasonCode | null {
  if (count == null) return 'HELD_COUNT_MISSING';
  if (count.status !== 'ok') return 'HELD_COUNT_FAILED';
  if (!isFresh(count.ageSeconds, policy)) return 'HELD_COUNT_STALE';
  const maximum = policy.maximumEndpointsPerChannel;
  if (!isRecordOfCounts(count.byCountry, maximum)) return 'HELD_COUNT_ABSURD';
  const endpoints = sum(Object.values(count.byCountry));
  if (endpoints > maximum) return 'HELD_COUNT_ABSURD';
  if (count.fullCount != null && !isCount(count.fullCount, maximum)) return 'HELD_COUNT_ABSURD';
  const fullCount = count.fullCount != null && isFresh(count.fullCountAgeSeconds, policy) ? count.fullCount : null;
  if (fullCount !== null && !agree(endpoints, fullCount)) return 'HELD_COUNT_DISAGREES';
  return isUnconfirmedDrop(endpoints, fullCount, lastGood) ? 'HELD_DROP_UNCONFIRMED' : null;
}

function agree(endpoints: number, fullCount: number): boolean {
  const difference = Math.abs(endpoints - fullCount);
  const larger = Math.max(endpoints, fullCount);
  return difference <= tolerated.endpoints || difference * 100 <= larger * tolerated.percent;
}

/** Below half of the last good count needs a full count that agrees; 0 needs a full count of exactly 0. */
function isUnconfirmedDrop(endpoints: number, fullCount: number | null, lastGood: number | null): boolean {
  if (lastGood === null || endpoints * 2 >= lastGood) return false;
  return fullCount === null || (endpoints === 0 && fullCount !== 0);
}

type QuotaReading = Pick<TrustedInputs, 'liveRatePerSecond' | 'remainingToday'>;

const noQuota: QuotaReading = { liveRatePerSecond: null, remainingToday: null };

function readQuota(quota: ProviderQuota | undefined, policy: Policy): QuotaReading | { held: ReasonCode } {
  const unknown = { held: 'HELD_QUOTA_UNKNOWN' } as const;
  if (quota?.status !== 'ok' || !isFresh(quota.ageSeconds, policy)) return unknown;
  const { providerRatePerSecond, remainingToday } = quota;
  if (!isCount(providerRatePerSecond)) return unknown;
  if (remainingToday !== null && !isCount(remainingToday)) return unknown;
  if (providerRatePerSecond === 0) return { held: 'HELD_PROVIDER_STOPPED' };
  return { liveRatePerSecond: Math.min(providerRatePerSecond, maximumProviderRatePerSecond), remainingToday };
}

/** An age is trusted only when it is a whole number of seconds up to the policy's maximum. */
export function isFresh(ageSeconds: unknown, policy: Policy): boolean {
  return isCount(ageSeconds, policy.maximumInputAgeSeconds);
}

function isRecordOfCounts(value: unknown, maximum: number): value is Record<string, number> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((entry) => isCount(entry, maximum));
}
