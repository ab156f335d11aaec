import type { PartitionedMessage, WakeUp } from '@quakewire/core';
import { systemClock } from '@quakewire/lambda-runtime';
import { startBroker } from '@quakewire/local-stack';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { createKafkaAdmin } from '../src/kafka-admin.ts';
import { createKafkaClient, type KafkaConfig } from '../src/kafka-client.ts';
import { createKafkaWakeUpLog, type KafkaWakeUpLog } from '../src/wake-up-log.ts';

const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const topic = 'dispatch.sms';

const wakeUp = (segment: number): WakeUp => ({
  schema: 1,
  type: 'wakeUp',
  earthquakeId: 'eq1',
  seq: 1,
  channel: 'sms',
  segment,
  rank: 0,
});
const to = (partition: number, segment = 0): PartitionedMessage => ({ partition, message: wakeUp(segment) });

let broker: Awaited<ReturnType<typeof startBroker>>;
let config: KafkaConfig;
let admin: Admin;
let log: KafkaWakeUpLog;

beforeAll(async () => {
  broker = await startBroker({ name: 'kafka-wake-up-log' });
  const { bootstrapServers, user } = broker;
  config = { bootstrapServers, tls: false, ...user };
  const sasl = { mechanism: 'plain', ...user } as const;
  admin = new Kafka({ brokers: [bootstrapServers], sasl, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  log = createKafkaWakeUpLog(config, { threads: 2, clock: systemClock, logger });
}, 120_000);

afterAll(async () => {
  await log?.close();
  await admin?.disconnect();
  await broker?.stop();
}, 30_000);

/** Records in each partition of the topic, by index. */
async function written(): Promise<number[]> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets.toSorted((a, b) => a.partition - b.partition).map(({ high, low }) => Number(high) - Number(low));
}

async function createTopic(partitions: number): Promise<void> {
  await admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: true });
}

/** Deleting is not done when the call returns. */
async function deleteTopic(): Promise<void> {
  await admin.deleteTopics({ topics: [topic] });
  while ((await log.livePartitions('sms')) > 0) await systemClock.sleep(50);
}

describe('wake-up log on a real broker', () => {
  it('counts 0 partitions for an unknown topic only', async () => {
    expect(await log.livePartitions('sms')).toBe(0);
    await createTopic(3);
    const counting = createKafkaAdmin(config, logger);
    expect(await counting.livePartitions([topic, 'dispatch.email'])).toEqual({ [topic]: 3, 'dispatch.email': 0 });
    await counting.close();
    const refused = createKafkaAdmin({ ...config, password: 'wrong' }, logger);
    await expect(refused.livePartitions([topic])).rejects.toThrow('SASL');
    await refused.close();
    await deleteTopic();
  });

  it('publishes to the explicit partitions and resolves when all have acknowledged', async () => {
    await createTopic(4);
    await log.publish('sms', [to(0), to(3), to(3), to(1)]);
    expect(await written()).toEqual([1, 1, 0, 2]);
    await deleteTopic();
  });

  it('shows why every acknowledgement is checked: kafkajs drops records for partitions that it does not know', async () => {
    await createTopic(1);
    const producer = createKafkaClient(config, logger).producer({
      metadataMaxAge: 300_000,
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition ?? -1,
    });
    await producer.connect();
    await producer.send({ topic, messages: [{ partition: 0, value: 'a' }] });
    await admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] });
    await producer.send({ topic, messages: [{ partition: 1, value: 'lost' }] });
    expect(await written()).toEqual([1, 0]);
    await producer.disconnect();
    await deleteTopic();
  });

  it('loses nothing while partitions are added and lanes re-sized under load', async () => {
    await createTopic(2);
    const expected = [0, 0, 0, 0, 0, 0];
    const publish = async (partitions: number, segment: number): Promise<void> => {
      const messages = Array.from({ length: partitions }, (_, partition) => to(partition, segment));
      await log.publish('sms', messages);
      for (const { partition } of messages) expected[partition] = (expected[partition] ?? 0) + 1;
    };
    let live = 2;
    for (const [count, threads] of [
      [3, 1],
      [4, 3],
      [6, 2],
    ] as const) {
      for (let round = 0; round < 20; round++) await publish(live, round);
      const underLoad = Promise.all(Array.from({ length: 20 }, (_, round) => publish(live, round)));
      await Promise.all([
        admin.createPartitions({ topicPartitions: [{ topic, count }] }),
        log.resize(threads),
        underLoad,
      ]);
      live = await log.livePartitions('sms');
      expect(live).toBe(count);
      // At once, before any list of partitions that was read earlier can have aged.
      await publish(live, 99);
    }
    expect((await written()).map((records, partition) => records >= (expected[partition] ?? 0))).not.toContain(false);
    expect((await written()).reduce((sum, records) => sum + records)).toBe(
      expected.reduce((sum, count) => sum + count),
    );
    await deleteTopic();
  }, 60_000);

  it('throws, with the partition named, when one does not exist at all', async () => {
    await createTopic(1);
    await expect(log.publish('sms', [to(0), to(7)])).rejects.toThrow(
      'partitions 7 of dispatch.sms did not acknowledge',
    );
    await deleteTopic();
  }, 20_000);
});
