import { capacityOf } from '../decide/capacity.ts';
import { ownValue } from '../decide/own-value.ts';
import type { ChannelPolicy, Policy } from '../decide/policy.ts';
import type { Reason } from '../decide/reason.ts';
import type { ChannelCapacity, Prediction, Sizing } from '../decide/sizing.ts';
import { sayCount } from './units.ts';

/** Field by field, why each value is what it is; what moved and why it moved stands in the sizing's reasons. */
export function explainFields(sizing: Sizing, policy: Policy): string[] {
  if (sizing.capacity === null) return ['Nothing is sized yet.'];
  const channels = Object.keys(sizing.capacity.control.channels).flatMap((name) => {
    const capacity = capacityOf(sizing.capacity, name) as ChannelCapacity;
    const settings = policy.channels.find((channel) => channel.name === name);
    const prediction = ownValue(sizing.predictions, name) ?? null;
    const why = settings && prediction ? sized(capacity, settings, prediction, sizing) : unsized(name, sizing);
    return why.map((sentence) => `${name}: ${sentence}`);
  });
  const { memoryMb } = sizing.capacity.infrastructure.producer;
  const { threads } = sizing.capacity.control.producer;
  const producer = `producer: memoryMb ${memoryMb}: the smallest that dispatches an alert for everyone within 30 s; threads ${threads}: one a vCPU.`;
  return [...channels, producer];
}

function sized(now: ChannelCapacity, settings: ChannelPolicy, prediction: Prediction, sizing: Sizing): string[] {
  return [
    `activePartitions ${now.activePartitions}: ${whyActive(settings, sizing)}`,
    `partitions ${now.partitions}: as many as are active or already exist; partitions never shrink.`,
    whyPollers(now),
    `segmentEndpoints ${sayCount(now.segmentEndpoints)}: the smallest size that keeps the segment map at or below 2,500 segments, now ${sayCount(prediction.segments)}.`,
    `maxWorkersPerSegment ${now.maxWorkersPerSegment}: a share of ${sayCount(prediction.endpointsPerWorker)} endpoints is one worker's work for at most 10 s.`,
    `warmWorkers ${now.warmWorkers}: ${settings.warmPercent} % of the active partitions, so that the first wave starts 0.8 s earlier.`,
    `reservedConcurrency ${now.reservedConcurrency}: one for each active partition and 5 spare for redeliveries.`,
    `memoryMb ${now.memoryMb}: from the policy.`,
  ];
}

function whyActive(settings: ChannelPolicy, sizing: Sizing): string {
  const settled = sizing.reasons.find(
    (reason) => reason.field === 'activePartitions' && reason.channel === settings.name,
  );
  const rate = `min(what ${settings.sloSecondsToLastRecipient} s require, what the provider allows)`;
  const need = settled?.need === undefined ? '' : `, a need of ${settled.need}`;
  return `${rate}${need}, within ${settings.minimumActivePartitions} to ${settings.maximumActivePartitions}.`;
}

function whyPollers({ minimumPollers, maximumPollers }: ChannelCapacity): string {
  if (minimumPollers === null) return 'minimumPollers, maximumPollers none: on demand, which costs nothing.';
  return `minimumPollers ${minimumPollers}, maximumPollers ${maximumPollers}: one for five active, one for five existing partitions.`;
}

function unsized(name: string, sizing: Sizing): string[] {
  const isReason = (reason: Reason) =>
    reason.channel === name ? /^HELD|NOT_IN_POLICY/.test(reason.code) : /^(HELD_LIVE|FROZEN)/.test(reason.code);
  const code = sizing.reasons.find(isReason)?.code ?? 'HELD';
  return [`every field is kept (${code}).`];
}
