import { type Demand, ratePerSecondToAskFor, requiredRate, startMs } from './demand.ts';
import { up } from './integer.ts';
import type { ChannelPolicy } from './policy.ts';
import type { Reason } from './reason.ts';
import type { ChannelCapacity, Prediction } from './sizing.ts';

const coldStartMs = 800;

/**
 * When the first and the last recipient are reached if an alert concerns everyone and all workers run from the first
 * wave, to the provider's acceptance, without retries.
 */
export function predict(channel: ChannelPolicy, demand: Demand, capacity: ChannelCapacity): Prediction {
  const { segmentEndpoints, maxWorkersPerSegment, warmWorkers } = capacity;
  const endpointsPerWorker = up(segmentEndpoints, maxWorkersPerSegment);
  const reached = demand.served > 0;
  const firstMs = startMs + demand.latencyMs - (warmWorkers > 0 ? coldStartMs : 0);
  const lastSeconds = up(lastRecipientMs(demand, capacity.activePartitions, endpointsPerWorker), 1_000);
  const late = reached && lastSeconds > channel.sloSecondsToLastRecipient;
  return {
    endpoints: demand.endpoints,
    firstRecipientMs: reached ? firstMs : null,
    lastRecipientSeconds: reached ? lastSeconds : null,
    sloMet: !late && demand.served === demand.endpoints && quotaShortfall(demand) === 0,
    endpointsPerWorker,
    segments: up(demand.served, segmentEndpoints),
  };
}

function lastRecipientMs(demand: Demand, activePartitions: number, endpointsPerWorker: number): number {
  const lastShareMs = sendingMs(Math.min(demand.served, endpointsPerWorker), demand.worker);
  return startMs + demand.latencyMs + busyMs(demand, activePartitions) + lastShareMs;
}

/** How long all workers are busy: the slowest of each sender, the account and the workers themselves. */
export function busyMs(demand: Demand, activePartitions: number): number {
  const bySenders = demand.senders.map(({ endpoints, usable }) => sendingMs(endpoints, usable));
  const byAccount = demand.accountUsable === null ? 0 : sendingMs(demand.served, demand.accountUsable);
  const byWorkers = sendingMs(demand.served, activePartitions * demand.worker);
  return Math.max(...bySenders, byAccount, byWorkers);
}

function sendingMs(endpoints: number, rate: number): number {
  return up(endpoints * 1_000_000, rate);
}

/** Messages by which the daily quota falls short of one message to everyone. */
function quotaShortfall({ served, remainingToday }: Demand): number {
  return remainingToday === null ? 0 : Math.max(0, served - remainingToday);
}

/** Why the SLO is missed: whom to ask and for how much, or that workers are bounded. */
export function explainSlo(channel: ChannelPolicy, demand: Demand, prediction: Prediction): Reason[] {
  const shortBy = quotaShortfall(demand);
  const quota: Reason[] = shortBy > 0 ? [{ code: 'DAILY_QUOTA_TOO_SMALL', channel: channel.name, shortBy }] : [];
  const { lastRecipientSeconds } = prediction;
  if (lastRecipientSeconds === null || lastRecipientSeconds <= channel.sloSecondsToLastRecipient) return quota;
  const late = { channel: channel.name, lastRecipientSeconds, sloSeconds: channel.sloSecondsToLastRecipient };
  const impossible = [...senderTooSlow(demand, late), ...accountTooSlow(demand, late)];
  return [...(impossible.length > 0 ? impossible : [{ code: 'SLO_MISSED_CAPACITY' as const, ...late }]), ...quota];
}

type Late = Pick<Reason, 'channel' | 'lastRecipientSeconds' | 'sloSeconds'>;

function senderTooSlow(demand: Demand, late: Late): Reason[] {
  const senders = demand.senders.flatMap(({ sender, endpoints, usable, messageParts }) => {
    const required = requiredRate(endpoints, demand.drainMs);
    return required > usable ? [{ sender, askForPerSecond: ratePerSecondToAskFor(required, messageParts) }] : [];
  });
  return senders.length > 0 ? [{ code: 'SLO_IMPOSSIBLE_PROVIDER', ...late, senders }] : [];
}

function accountTooSlow(demand: Demand, late: Late): Reason[] {
  const required = requiredRate(demand.served, demand.drainMs);
  if (demand.accountUsable === null || required <= demand.accountUsable) return [];
  return [{ code: 'SLO_IMPOSSIBLE_ACCOUNT', ...late, askForPerSecond: ratePerSecondToAskFor(required, 1) }];
}
