import { down, sum, up } from './integer.ts';
import type { Observation } from './observation.ts';
import { ownValue } from './own-value.ts';
import type { ChannelPolicy, Policy } from './policy.ts';
import { isFresh, type TrustedInputs } from './trust-inputs.ts';

/** Messages per 1,000 s: whole numbers even where the policy says 1 a second. */
export type MilliRate = number;

/** A sender that has endpoints to serve. */
export interface SenderDemand {
  /** Position in the policy. */
  sender: number;
  endpoints: number;
  usable: MilliRate;
  messageParts: number;
  microUsdPerPart: number;
}

/** What a channel has to send, how fast it may, and how much time the SLO leaves. */
export interface Demand {
  endpoints: number;
  /** Endpoints in countries that a sender serves. */
  served: number;
  senders: SenderDemand[];
  /** Usable rate of the provider account, or null when only the senders bound it. */
  accountUsable: MilliRate | null;
  /** Usable rate of the channel: its senders with endpoints (all, if none), at most the account's. */
  channelUsable: MilliRate;
  latencyMs: number;
  latencyAssumed: boolean;
  /** What one worker sends. */
  worker: MilliRate;
  /** Time that the SLO leaves for sending. */
  roomMs: number;
  /** The part of it in which all workers are busy. */
  drainMs: number;
  remainingToday: number | null;
}

/** Budgets leave 5 % for clock differences between the workers that share them. */
const usablePerSecond = 950;
/** Endpoints of one page: the unit of claim and record. */
export const pageEndpoints = 100;
/** Reading and claiming a page. */
const claimMs = 40;
/** Coarse steps, so that noise in a measurement does not move a sizing. */
const latencyStepsMs = [50, 100, 200, 300, 500, 800, 1_200, 2_000, 3_000, 5_000];
/** Lambda gives one vCPU at this memory. */
export const mbPerVcpu = 1_769;
/** Publish first wave 200, poll 100, cold start 800, read and claim 40. */
export const startMs = 1_140;

export function describeDemand(
  observation: Observation,
  channel: ChannelPolicy,
  policy: Policy,
  inputs: TrustedInputs,
): Demand {
  const senders = assignEndpoints(channel, inputs.byCountry);
  const accountUsable = accountRate(channel, inputs);
  const { latencyMs, latencyAssumed } = readLatency(observation, channel, policy);
  const pageMs = up(pageEndpoints, channel.concurrentSendsPerWorker) * latencyMs + claimMs;
  const sloMs = channel.sloSecondsToLastRecipient * 1_000;
  const roomMs = Math.max(1_000, sloMs - startMs - latencyMs - pageMs);
  return {
    endpoints: inputs.endpoints,
    served: sum(senders.map((sender) => sender.endpoints)),
    senders,
    accountUsable,
    channelUsable: channelRate(channel, senders, accountUsable),
    latencyMs,
    latencyAssumed,
    worker: workerRate(channel, policy, pageMs),
    roomMs,
    // The last eighth is for the last pages, which keep fewer than all workers busy.
    drainMs: down(roomMs * 7, 8),
    remainingToday: inputs.remainingToday,
  };
}

/** Endpoints a sender by country; `*` takes what no other sender names. Senders without endpoints are left out. */
function assignEndpoints(channel: ChannelPolicy, byCountry: TrustedInputs['byCountry']): SenderDemand[] {
  const named = new Set(channel.senders.flatMap((sender) => sender.countries));
  const counts = Object.entries(byCountry);
  return channel.senders
    .map((policy, sender) => {
      const own = new Set(policy.countries);
      const serves = (country: string) => own.has(country) || (own.has('*') && !named.has(country));
      const endpoints = sum(counts.filter(([country]) => serves(country)).map(([, count]) => count));
      const { messageParts, microUsdPerPart } = policy;
      return { sender, endpoints, usable: senderRate(policy), messageParts, microUsdPerPart };
    })
    .filter((sender) => sender.endpoints > 0);
}

function senderRate(sender: { providerRatePerSecond: number; messageParts: number }): MilliRate {
  return down(sender.providerRatePerSecond * usablePerSecond, sender.messageParts);
}

function accountRate(channel: ChannelPolicy, inputs: TrustedInputs): MilliRate | null {
  const rates = [channel.accountRatePerSecond, inputs.liveRatePerSecond].filter((rate) => rate != null);
  return rates.length === 0 ? null : Math.min(...rates) * usablePerSecond;
}

function channelRate(channel: ChannelPolicy, inUse: SenderDemand[], accountUsable: MilliRate | null): MilliRate {
  const usable = inUse.length > 0 ? inUse.map((sender) => sender.usable) : channel.senders.map(senderRate);
  return Math.min(sum(usable), accountUsable ?? Number.MAX_SAFE_INTEGER);
}

/** Little's law over pages, bounded by what the CPU share of the memory carries. */
function workerRate(channel: ChannelPolicy, policy: Policy, pageMs: number): MilliRate {
  const bySends = down(pageEndpoints * 1_000_000, pageMs);
  const byCpu = down(channel.memoryMb * 1_000_000_000, mbPerVcpu * policy.cpuMicrosecondsPerSend);
  return Math.max(1, Math.min(bySends, byCpu));
}

/** The measured p95 if it is recent and plausible: a provider that hangs is an outage, not a reason for more workers. */
function readLatency(observation: Observation, channel: ChannelPolicy, policy: Policy) {
  const measured = ownValue(observation.sendLatency, channel.name);
  const p95Ms = measured?.p95Ms as number;
  const maximum = latencyStepsMs[latencyStepsMs.length - 1] as number;
  const trusted = isFresh(measured?.ageSeconds, policy) && Number.isInteger(p95Ms) && p95Ms >= 1 && p95Ms <= maximum;
  const latency = trusted ? p95Ms : channel.assumedSendLatencyP95Ms;
  const latencyMs = latencyStepsMs.find((step) => step >= latency) as number;
  return { latencyMs, latencyAssumed: !trusted };
}

/** The rate that a number of endpoints needs to be sent within the drain time. */
export function requiredRate(endpoints: number, drainMs: number): MilliRate {
  return up(endpoints * 1_000_000, drainMs);
}

/** What to ask the provider for, per second, so that its usable part reaches `required`. */
export function ratePerSecondToAskFor(required: MilliRate, messageParts: number): number {
  return up(required * messageParts, usablePerSecond);
}
