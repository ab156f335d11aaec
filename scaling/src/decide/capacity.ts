import { ownValue } from './own-value.ts';
import { producerThreads } from './producer-size.ts';
import type { Capacity, ChannelCapacity } from './sizing.ts';

/** All fields of one channel in one object, or null when there is no capacity for it. */
export function capacityOf(capacity: Capacity | null | undefined, channel: string): ChannelCapacity | null {
  const control = ownValue(capacity?.control.channels, channel);
  const infrastructure = ownValue(capacity?.infrastructure.channels, channel);
  return control && infrastructure ? { ...control, ...infrastructure } : null;
}

/** Splits by the way it is applied: the control item, and Terraform's attributes. */
export function composeCapacity(channels: [name: string, ChannelCapacity][], producerMemoryMb: number): Capacity {
  return {
    control: {
      producer: { threads: producerThreads(producerMemoryMb) },
      channels: Object.fromEntries(channels.map(([name, capacity]) => [name, controlOf(capacity)])),
    },
    infrastructure: {
      producer: { memoryMb: producerMemoryMb },
      channels: Object.fromEntries(channels.map(([name, capacity]) => [name, infrastructureOf(capacity)])),
    },
  };
}

function controlOf({ activePartitions, segmentEndpoints, maxWorkersPerSegment }: ChannelCapacity) {
  return { activePartitions, segmentEndpoints, maxWorkersPerSegment };
}

function infrastructureOf(capacity: ChannelCapacity) {
  const { partitions, minimumPollers, maximumPollers, reservedConcurrency, warmWorkers, memoryMb } = capacity;
  return { partitions, minimumPollers, maximumPollers, reservedConcurrency, warmWorkers, memoryMb };
}
