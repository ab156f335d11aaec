import type { Demand } from './demand.ts';
import { up } from './integer.ts';
import { partitionsPerPoller } from './ladder.ts';
import type { ChannelPolicy } from './policy.ts';
import { workersPerSegment } from './segment-size.ts';
import type { ChannelCapacity } from './sizing.ts';

/** What was settled; every other field follows from it. */
export interface SettledFields {
  activePartitions: number;
  segmentEndpoints: number;
  warmWorkers: number;
}

export interface ChannelBounds {
  livePartitions: number;
  previous: ChannelCapacity | null;
}

/** Spare concurrency for redeliveries and the sweep. */
const spareConcurrency = 5;
/** A mapping may have more, but 200 pollers already serve 1,000 active partitions. */
const maximumPollers = 200;

/** All fields of a channel whose inputs are trusted. */
export function shapeChannel(
  channel: ChannelPolicy,
  demand: Demand,
  settled: SettledFields,
  bounds: ChannelBounds,
): ChannelCapacity {
  const { activePartitions, segmentEndpoints, warmWorkers } = settled;
  const partitions = keepPartitions(activePartitions, bounds);
  return {
    activePartitions,
    segmentEndpoints,
    maxWorkersPerSegment: workersPerSegment(demand, segmentEndpoints, activePartitions),
    partitions,
    ...pollers(channel.provisionedPollers, activePartitions, partitions),
    reservedConcurrency: activePartitions + spareConcurrency,
    warmWorkers,
    memoryMb: channel.memoryMb,
  };
}

/** A held channel keeps the larger of what it had and the policy's floor, and provisioned pollers if it had them. */
export function shapeHeldChannel(channel: ChannelPolicy, floor: SettledFields, bounds: ChannelBounds): ChannelCapacity {
  const { previous } = bounds;
  const activePartitions = Math.max(previous?.activePartitions ?? 0, floor.activePartitions);
  const partitions = keepPartitions(activePartitions, bounds);
  const provisioned = previous === null ? channel.provisionedPollers : previous.minimumPollers !== null;
  const needed = pollers(provisioned, activePartitions, partitions);
  return {
    activePartitions,
    segmentEndpoints: Math.max(previous?.segmentEndpoints ?? 0, floor.segmentEndpoints),
    maxWorkersPerSegment: previous?.maxWorkersPerSegment ?? 1,
    partitions,
    minimumPollers: larger(needed.minimumPollers, previous?.minimumPollers),
    maximumPollers: larger(needed.maximumPollers, previous?.maximumPollers),
    reservedConcurrency: Math.max(previous?.reservedConcurrency ?? 0, activePartitions + spareConcurrency),
    warmWorkers: Math.max(previous?.warmWorkers ?? 0, floor.warmWorkers),
    memoryMb: Math.max(previous?.memoryMb ?? 0, channel.memoryMb),
  };
}

/** Never fewer than there are: Kafka cannot lower a partition count, it can only replace the topic. */
function keepPartitions(activePartitions: number, { livePartitions, previous }: ChannelBounds): number {
  return Math.max(livePartitions, previous?.partitions ?? 0, activePartitions);
}

/** On demand there is nothing to set; provisioned, the minimum serves the active partitions, the maximum all of them. */
function pollers(provisioned: boolean, activePartitions: number, partitions: number) {
  if (!provisioned) return { minimumPollers: null, maximumPollers: null };
  const minimum = Math.min(up(activePartitions, partitionsPerPoller), maximumPollers);
  const maximum = Math.min(up(partitions, partitionsPerPoller), maximumPollers);
  return { minimumPollers: minimum, maximumPollers: Math.max(minimum, maximum) };
}

function larger(needed: number | null, previous: number | null | undefined): number | null {
  return needed === null ? null : Math.max(needed, previous ?? 0);
}
