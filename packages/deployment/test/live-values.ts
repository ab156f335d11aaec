import type { Tfvars } from '@quakewire/scaling';
import type { ReadBackPorts } from '../src/read-back/read-back.ts';

/** Live values that are exactly as a scaling file says. */
export function liveAs({ scaling: { channels, producer } }: Tfvars): Omit<ReadBackPorts, 'say'> {
  const wanted = (channel: string) => {
    const values = channels[channel];
    if (values === undefined) throw new Error(`there is no channel ${channel}`);
    return values;
  };
  const sizingOf = (channel: string) => ({
    activePartitions: wanted(channel).active_partitions,
    segmentEndpoints: wanted(channel).segment_endpoints,
    maxWorkersPerSegment: wanted(channel).max_workers_per_segment,
    providerRatePerSecond: wanted(channel).provider_rate_per_second,
  });
  return {
    consumers: {
      read: async (channel) => ({
        mapping: {
          state: 'Enabled',
          isOnAlias: true,
          batchingWindowSeconds: 0,
          minimumPollers: wanted(channel).minimum_pollers,
          maximumPollers: wanted(channel).maximum_pollers,
        },
        reservedConcurrency: wanted(channel).reserved_concurrency,
        warmWorkers: wanted(channel).warm_workers,
        alias: { isNewest: true, hasWeights: false },
      }),
      closeBatchingWindow: async () => {},
    },
    livePartitions: async (topics) =>
      Object.fromEntries(topics.map((topic) => [topic, wanted(topic.replace('dispatch.', '')).partitions])),
    sizing: async () => ({
      producer: { threads: producer.threads },
      channels: Object.fromEntries(Object.keys(channels).map((channel) => [channel, sizingOf(channel)])),
    }),
  };
}
