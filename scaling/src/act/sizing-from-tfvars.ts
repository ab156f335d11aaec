import { composeCapacity } from '../decide/capacity.ts';
import type { ChannelCapacity, Sizing } from '../decide/sizing.ts';
import type { ChannelTfvars, Tfvars } from './tfvars.ts';

/**
 * The sizing in force as a previous sizing without memory, for when the history is lost: nothing shrinks until enough
 * new runs agree, and nothing is sized as if it were the first time.
 */
export function sizingFromTfvars({ scaling }: Tfvars): Sizing {
  const channels = Object.entries(scaling.channels).map(([name, channel]): [string, ChannelCapacity] => [
    name,
    fromChannel(channel),
  ]);
  const capacity = composeCapacity(channels, scaling.producer.memory_mb);
  return {
    schemaVersion: 1,
    verdict: 'no-change',
    changes: [],
    exitCode: 0,
    capacity: { ...capacity, control: { ...capacity.control, producer: { threads: scaling.producer.threads } } },
    predictions: {},
    cost: {},
    reasons: [],
    carried: { endpoints: {}, targets: {}, producerMemoryMb: [] },
  };
}

function fromChannel(channel: ChannelTfvars): ChannelCapacity {
  return {
    activePartitions: channel.active_partitions,
    segmentEndpoints: channel.segment_endpoints,
    maxWorkersPerSegment: channel.max_workers_per_segment,
    partitions: channel.partitions,
    minimumPollers: channel.minimum_pollers,
    maximumPollers: channel.maximum_pollers,
    reservedConcurrency: channel.reserved_concurrency,
    warmWorkers: channel.warm_workers,
    memoryMb: channel.memory_mb,
  };
}
