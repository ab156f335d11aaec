import type { Demand } from './demand.ts';
import { down, sum, up } from './integer.ts';
import type { Policy } from './policy.ts';
import { busyMs } from './predict.ts';
import { pricesByRegion } from './prices.ts';
import type { ChannelCapacity } from './sizing.ts';

const secondsPerMonth = 2_628_000;
const hoursPerMonth = 730;
/** A heartbeat a minute through each active partition, 100 ms long. */
const heartbeatsPerMonth = 43_800;
const heartbeatsPerSecond = 10;
const mbPerGb = 1_024;
/** The Terraform provider in use has no poller groups, so mappings cannot share a unit. */
const pollersPerUnit = 10;
/** No alert is worth more than a day of workers. */
const maximumBusySeconds = 86_400;
/** Claim and settle once a page, read it once: 0.05 units a notification. */
const notificationsPerTableUnit = 20;
const microUsdPerCent = 10_000;

/** Standing cost of a month in micro-USD: what is paid when nothing happens. */
export function standingMicroUsd(
  policy: Policy,
  channels: readonly ChannelCapacity[],
  producerMemoryMb: number,
): number {
  const prices = pricesByRegion[policy.region];
  // Loops of 840 s overlap while one standby is there: a tenth more than the month.
  const producerGbSeconds = up(producerMemoryMb * secondsPerMonth * 11, mbPerGb * 10);
  return (
    policy.fixedUsdPerMonth * 1_000_000 +
    microUsd(producerGbSeconds, prices.lambdaGbSecond) +
    sum(channels.map((channel) => standingChannelMicroUsd(policy, channel)))
  );
}

function standingChannelMicroUsd(policy: Policy, channel: ChannelCapacity): number {
  const prices = pricesByRegion[policy.region];
  const heartbeats = heartbeatsPerMonth * channel.activePartitions;
  const warmGbSeconds = up(channel.warmWorkers * channel.memoryMb * secondsPerMonth, mbPerGb);
  const heartbeatGbSeconds = up(heartbeats * channel.memoryMb, mbPerGb * heartbeatsPerSecond);
  const pollerUnits = channel.minimumPollers === null ? 0 : up(channel.minimumPollers, pollersPerUnit);
  return (
    microUsd(warmGbSeconds, prices.provisionedGbSecond) +
    microUsd(pollerUnits * hoursPerMonth, prices.pollerUnitHour) +
    microUsd(heartbeatGbSeconds, prices.lambdaGbSecond) +
    microUsd(heartbeats, prices.lambdaRequest) +
    channel.partitions * policy.kafkaMicroUsdPerPartitionMonth
  );
}

/** Price of the messages of an alert that concerns every endpoint of the channel, in micro-USD. */
export function messagesMicroUsd(demand: Demand): number {
  return sum(demand.senders.map((sender) => sender.endpoints * sender.messageParts * sender.microUsdPerPart));
}

/** What such an alert costs beside its messages: workers while they are busy, and tables. */
export function dispatchMicroUsd(policy: Policy, demand: Demand, capacity: ChannelCapacity): number {
  const prices = pricesByRegion[policy.region];
  const busySeconds = up(busyMs(demand, capacity.activePartitions), 1_000);
  const workerSeconds = capacity.activePartitions * Math.min(busySeconds, maximumBusySeconds);
  const tableUnits = up(demand.served, notificationsPerTableUnit);
  return (
    microUsd(up(workerSeconds * capacity.memoryMb, mbPerGb), prices.lambdaGbSecond) +
    microUsd(tableUnits, prices.tableWriteUnit + prices.tableReadUnit)
  );
}

/** Whole cents, rounded up once for the sum; added in two parts because ten full channels exceed 2^53 micro-USD. */
export function usdCents(microUsdAmounts: readonly number[]): number {
  const cents = sum(microUsdAmounts.map((amount) => down(amount, microUsdPerCent)));
  const rest = sum(microUsdAmounts.map((amount) => amount % microUsdPerCent));
  return cents + up(rest, microUsdPerCent);
}

function microUsd(units: number, nanoUsd: number): number {
  return up(units * nanoUsd, 1_000);
}
