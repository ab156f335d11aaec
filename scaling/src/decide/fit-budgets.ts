import { standingMicroUsd, usdCents } from './cost.ts';
import { sum } from './integer.ts';
import { ladderBelow } from './ladder.ts';
import type { Policy } from './policy.ts';
import { smallerProducerMemoryMb, smallestProducerMemoryMb } from './producer-size.ts';
import type { Reason } from './reason.ts';
import { reshape, type SizedChannel } from './sized-channel.ts';
import type { ChannelCapacity } from './sizing.ts';
import type { TrustedLive } from './trust-inputs.ts';

/** Everything whose growth a budget may refuse. */
export interface Wanted {
  channels: SizedChannel[];
  /** Capacity of channels that left the policy: kept and counted. */
  kept: ChannelCapacity[];
  producerMemoryMb: number;
  previousProducerMemoryMb: number;
}

export interface Fitted extends Wanted {
  reasons: Reason[];
}

/** Lambda keeps this much of the account's concurrency unreserved. */
const unreservedConcurrency = 100;

/** Undoes growth, the last channel of the policy first, until concurrency and cost fit. Takes nothing away. */
export function fitBudgets(wanted: Wanted, policy: Policy, live: TrustedLive): Fitted {
  return fitCost(fitConcurrency({ ...wanted, reasons: [] }, live), policy);
}

function fitConcurrency(wanted: Fitted, live: TrustedLive): Fitted {
  const unavailable = unreservedConcurrency + live.concurrencyReservedByOthers;
  const reserved = (now: Fitted) => sum(allCapacities(now).map((capacity) => capacity.reservedConcurrency));
  const fits = (now: Fitted) => reserved(now) + unavailable <= live.accountConcurrency;
  const fitted = refuse(wanted, fits, refuseActive, 'CONCURRENCY_REFUSED_GROWTH');
  if (fits(fitted)) return fitted;
  const askFor = reserved(fitted) + unavailable;
  return { ...fitted, reasons: [...fitted.reasons, { code: 'CONCURRENCY_TOO_SMALL', askFor }] };
}

function fitCost(wanted: Fitted, policy: Policy): Fitted {
  const ceilingMicroUsd = policy.standingCostCeilingUsdPerMonth * 1_000_000;
  const standing = (now: Fitted) => standingMicroUsd(policy, allCapacities(now), now.producerMemoryMb);
  const fits = (now: Fitted) => standing(now) <= ceilingMicroUsd;
  const withoutWarm = refuse(wanted, fits, refuseWarm, 'COST_REFUSED_WARM');
  const withoutGrowth = refuse(withoutWarm, fits, refuseActive, 'COST_REFUSED_GROWTH');
  const fitted = refuseProducer(withoutGrowth, fits);
  if (fits(fitted)) return fitted;
  const standingUsdCents = usdCents([standing(fitted)]);
  return { ...fitted, reasons: [...fitted.reasons, { code: 'COST_ABOVE_CEILING', standingUsdCents }] };
}

/** One step of refusal: the smaller channel and by how much, or null when it may not shrink further. */
type RefuseStep = (channel: SizedChannel) => { channel: SizedChannel; by: number } | null;

function refuse(wanted: Fitted, fits: (now: Fitted) => boolean, step: RefuseStep, code: Reason['code']): Fitted {
  let now = wanted;
  for (let position = now.channels.length - 1; position >= 0; position--) {
    let refused = 0;
    while (!fits(now)) {
      const smaller = step(now.channels[position] as SizedChannel);
      if (smaller === null) break;
      refused += smaller.by;
      now = { ...now, channels: now.channels.with(position, smaller.channel) };
    }
    const { name } = (now.channels[position] as SizedChannel).policy;
    if (refused > 0) now = { ...now, reasons: [...now.reasons, { code, channel: name, refused }] };
  }
  return now;
}

function refuseActive(sized: SizedChannel) {
  const { activePartitions: active, warmWorkers } = sized.capacity;
  const lowest = Math.max(sized.previous?.activePartitions ?? 0, sized.floor);
  if (sized.demand === null || active <= lowest) return null;
  const activePartitions = Math.max(lowest, ladderBelow(active));
  const channel = reshape(sized, { activePartitions, warmWorkers: Math.min(warmWorkers, activePartitions) });
  return { channel, by: active - activePartitions };
}

function refuseWarm(sized: SizedChannel) {
  const { warmWorkers } = sized.capacity;
  if (sized.demand === null || warmWorkers <= (sized.previous?.warmWorkers ?? 0)) return null;
  return { channel: reshape(sized, { warmWorkers: warmWorkers - 1 }), by: 1 };
}

function refuseProducer(wanted: Fitted, fits: (now: Fitted) => boolean): Fitted {
  const lowest = Math.max(wanted.previousProducerMemoryMb, smallestProducerMemoryMb);
  let now = wanted;
  while (!fits(now) && now.producerMemoryMb > lowest) {
    now = { ...now, producerMemoryMb: Math.max(lowest, smallerProducerMemoryMb(now.producerMemoryMb)) };
  }
  const refused = wanted.producerMemoryMb - now.producerMemoryMb;
  return refused === 0 ? now : { ...now, reasons: [...now.reasons, { code: 'COST_REFUSED_PRODUCER', refused }] };
}

function allCapacities({ channels, kept }: Wanted): ChannelCapacity[] {
  return [...channels.map((channel) => channel.capacity), ...kept];
}
