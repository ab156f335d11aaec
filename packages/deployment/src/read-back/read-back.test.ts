import type { ChannelTfvars, Tfvars } from '@quakewire/scaling';
import type { LiveConsumer } from './live-consumer.ts';
import { type ReadBackPorts, readBack } from './read-back.ts';

const wanted: ChannelTfvars = {
  active_partitions: 5,
  max_workers_per_segment: 2,
  maximum_pollers: 3,
  memory_mb: 512,
  minimum_pollers: 1,
  partitions: 10,
  provider_rate_per_second: 100,
  reserved_concurrency: 10,
  segment_endpoints: 400,
  warm_workers: 1,
};
const scaling: Tfvars = { scaling: { schema: 1, producer: { memory_mb: 512, threads: 1 }, channels: { sms: wanted } } };

function createLive() {
  const live: { consumer: LiveConsumer; partitions: number; activePartitions: number; closed: number } = {
    consumer: {
      mapping: { state: 'Enabled', isOnAlias: true, batchingWindowSeconds: 0, minimumPollers: 1, maximumPollers: 3 },
      reservedConcurrency: 10,
      warmWorkers: 1,
      alias: { isNewest: true, hasWeights: false },
    },
    partitions: 10,
    activePartitions: 5,
    closed: 0,
  };
  const ports: ReadBackPorts = {
    consumers: {
      read: async () => structuredClone(live.consumer),
      async closeBatchingWindow() {
        live.closed++;
        live.consumer.mapping.batchingWindowSeconds = 0;
      },
    },
    livePartitions: async (topics) => Object.fromEntries(topics.map((topic) => [topic, live.partitions])),
    sizing: async () => ({
      producer: { threads: 1 },
      channels: {
        sms: {
          activePartitions: live.activePartitions,
          ...{ segmentEndpoints: 400, maxWorkersPerSegment: 2, providerRatePerSecond: 100 },
        },
      },
    }),
    say: () => {},
  };
  return { live, read: (expectNewestCode = true) => readBack(scaling, { expectNewestCode }, ports) };
}

test('what is as it was applied has no differences', async () => {
  await expect(createLive().read()).resolves.toEqual([]);
});

test.each<[string, (live: ReturnType<typeof createLive>['live']) => void, string]>([
  [
    'partitions',
    (live) => {
      live.partitions = 9;
    },
    'sms: the number of partitions is 9, not 10.',
  ],
  [
    'the sizing item',
    (live) => {
      live.activePartitions = 4;
    },
    'sms: activePartitions of the sizing item is 4, not 5.',
  ],
  [
    'a mapping that does not poll',
    ({ consumer }) => {
      consumer.mapping.state = 'Updating';
    },
    "sms: the mapping's state is Updating, not Enabled.",
  ],
  [
    'a mapping past the alias',
    ({ consumer }) => {
      consumer.mapping.isOnAlias = false;
    },
    'sms: that the mapping calls the alias live is false, not true.',
  ],
  [
    'pollers',
    ({ consumer }) => {
      consumer.mapping.minimumPollers = null;
    },
    'sms: minimum pollers is none, not 1.',
  ],
  [
    'reserved concurrency',
    ({ consumer }) => {
      consumer.reservedConcurrency = 9;
    },
    'sms: reserved concurrency is 9, not 10.',
  ],
  [
    'warm workers',
    ({ consumer }) => {
      consumer.warmWorkers = 0;
    },
    'sms: the number of warm workers is 0, not 1.',
  ],
  [
    'an alias with weights',
    ({ consumer }) => {
      consumer.alias.hasWeights = true;
    },
    'sms: that the alias sends part of its calls elsewhere is true, not false.',
  ],
  [
    'older code',
    ({ consumer }) => {
      consumer.alias.isNewest = false;
    },
    'sms: that the alias serves the newest code is false, not true.',
  ],
])('a difference in %s is said', async (_what, change, sentence) => {
  const { live, read } = createLive();
  change(live);
  await expect(read()).resolves.toEqual([sentence]);
});

test.each([null, 1])('a batching window of %s is closed, once', async (seconds) => {
  const { live, read } = createLive();
  live.consumer.mapping.batchingWindowSeconds = seconds;
  await expect(read()).resolves.toEqual([]);
  expect(live.closed).toBe(1);
  await read();
  expect(live.closed).toBe(1);
});

test('what an account or a person decided otherwise is no difference', async () => {
  const { live, read } = createLive();
  live.consumer.reservedConcurrency = null;
  live.consumer.mapping.state = 'Disabled';
  await expect(read()).resolves.toEqual([]);
});

test('a sizing run does not ask whose code is in service', async () => {
  const { live, read } = createLive();
  live.consumer.alias.isNewest = false;
  await expect(read(false)).resolves.toEqual([]);
});
