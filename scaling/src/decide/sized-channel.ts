import { activeFloor, needActivePartitions, settleActivePartitions } from './active-partitions.ts';
import { type Demand, describeDemand } from './demand.ts';
import { sum, up } from './integer.ts';
import type { Observation } from './observation.ts';
import { ownValue } from './own-value.ts';
import type { ChannelPolicy, Policy } from './policy.ts';
import type { Reason } from './reason.ts';
import { smallestSegment, targetSegment } from './segment-size.ts';
import { type Settled, settle } from './settle.ts';
import { type SettledFields, shapeChannel, shapeHeldChannel } from './shape-channel.ts';
import type { Carried, ChannelCapacity, ChannelTarget } from './sizing.ts';
import { trustInputs } from './trust-inputs.ts';

/** One channel of the policy on its way through `decide`. */
export interface SizedChannel {
  policy: ChannelPolicy;
  previous: ChannelCapacity | null;
  livePartitions: number;
  /** null = held. */
  demand: Demand | null;
  /** Active partitions below which no budget pushes it. */
  floor: number;
  capacity: ChannelCapacity;
  /** What this run wanted, for the agreement of later runs; null = held. */
  target: ChannelTarget | null;
  reasons: Reason[];
}

export interface ChannelContext {
  observation: Observation;
  policy: Policy;
  previous: ChannelCapacity | null;
  carried: Carried;
  livePartitions: number;
}

/** Sizes one channel as if there were no budgets, or holds it. */
export function sizeChannel(channel: ChannelPolicy, context: ChannelContext): SizedChannel {
  const { observation, policy, carried } = context;
  const trust = trustInputs(observation, channel, policy, ownValue(carried.endpoints, channel.name) ?? null);
  if (trust.held !== null) return holdChannel(channel, context, { code: trust.held, channel: channel.name });
  const demand = describeDemand(observation, channel, policy, trust.inputs);
  const settled = settleFields(channel, demand, context);
  return {
    ...base(channel, context),
    demand,
    floor: activeFloor(channel, demand.senders.length),
    capacity: shapeChannel(channel, demand, settled.fields, context),
    target: settled.target,
    reasons: [...explainInputs(channel, demand), ...settled.reasons],
  };
}

/** The same channel with other settled fields; everything else follows again. */
export function reshape(sized: SizedChannel, fields: Partial<SettledFields>): SizedChannel {
  if (sized.demand === null) return sized;
  const capacity = shapeChannel(sized.policy, sized.demand, { ...sized.capacity, ...fields }, sized);
  return { ...sized, capacity };
}

function base(policy: ChannelPolicy, { previous, livePartitions }: ChannelContext) {
  return { policy, previous, livePartitions };
}

function holdChannel(channel: ChannelPolicy, context: ChannelContext, reason: Reason): SizedChannel {
  const floor = activeFloor(channel, 0);
  const fields = { activePartitions: floor, segmentEndpoints: smallestSegment, warmWorkers: 0 };
  const capacity = shapeHeldChannel(channel, fields, context);
  return { ...base(channel, context), demand: null, floor, capacity, target: null, reasons: [reason] };
}

function explainInputs(channel: ChannelPolicy, demand: Demand): Reason[] {
  const reasons: Reason[] = [];
  const unserved = demand.endpoints - demand.served;
  if (unserved > 0) reasons.push({ code: 'NO_SENDER_FOR_COUNTRY', channel: channel.name, endpoints: unserved });
  if (demand.latencyAssumed) {
    reasons.push({ code: 'LATENCY_ASSUMED', channel: channel.name, p95Ms: channel.assumedSendLatencyP95Ms });
  }
  return reasons;
}

function settleFields(channel: ChannelPolicy, demand: Demand, { previous, carried, policy }: ChannelContext) {
  const earlier = ownValue(carried.targets, channel.name) ?? [];
  const need = needActivePartitions(channel, demand);
  const currentActive = previous?.activePartitions ?? null;
  const active = settleActivePartitions(
    currentActive,
    need,
    earlier.map((target) => target.active),
    policy,
  );

  const segmentTarget = targetSegment(demand.served);
  const segment = settlePlain(
    previous?.segmentEndpoints,
    segmentTarget,
    earlier.map((target) => target.segment),
    policy,
  );

  const warmTarget = targetWarm(channel, demand, active.chosen, previous);
  const warmWanted = settlePlain(
    previous?.warmWorkers,
    warmTarget,
    earlier.map((target) => target.warm),
    policy,
  );
  const warm = atMost(warmWanted, active.chosen);

  const { chosen: activePartitions } = active;
  return {
    fields: { activePartitions, segmentEndpoints: segment.chosen, warmWorkers: warm.chosen },
    target: { active: need.target, segment: segmentTarget, warm: warmTarget },
    reasons: [
      ...explainSettled(
        channel,
        { field: 'activePartitions', need: need.need, target: need.target },
        active,
        currentActive ?? 0,
      ),
      ...explainPlain(
        channel,
        { field: 'segmentEndpoints', target: segmentTarget },
        segment,
        previous?.segmentEndpoints,
      ),
      ...explainPlain(channel, { field: 'warmWorkers', target: warmTarget }, warm, previous?.warmWorkers),
    ],
  };
}

/** Fields without headroom: the need is the target. */
function settlePlain(current: number | undefined, target: number, earlierTargets: number[], policy: Policy): Settled {
  return settle({ current: current ?? null, need: target, target, earlierTargets, policy });
}

/**
 * Once above 0 the target never returns to 0 while the channel exists: between 0 and n Terraform would create or
 * delete a resource instead of changing a number.
 */
function targetWarm(channel: ChannelPolicy, demand: Demand, active: number, previous: ChannelCapacity | null): number {
  const share = demand.served === 0 ? 0 : up(active * channel.warmPercent, 100);
  return Math.max(share, (previous?.warmWorkers ?? 0) > 0 ? 1 : 0);
}

/** Warm workers count against the reserved concurrency: more than active ones would be refused by AWS. */
function atMost(settled: Settled, maximum: number): Settled {
  return settled.chosen <= maximum ? settled : { chosen: maximum, code: 'SHRINK' };
}

type SettledFacts = Pick<Reason, 'field' | 'need' | 'target'>;

function explainSettled(channel: ChannelPolicy, facts: SettledFacts, settled: Settled, current: number): Reason[] {
  const { code, chosen } = settled;
  return code === null ? [] : [{ code, channel: channel.name, ...facts, current, chosen }];
}

/** The first sizing is said once a channel, for the active partitions. */
function explainPlain(channel: ChannelPolicy, facts: SettledFacts, settled: Settled, current?: number): Reason[] {
  return current === undefined ? [] : explainSettled(channel, facts, settled, current);
}

/** Active partitions of all channels together. */
export function totalActive(channels: readonly SizedChannel[]): number {
  return sum(channels.map((channel) => channel.capacity.activePartitions));
}
