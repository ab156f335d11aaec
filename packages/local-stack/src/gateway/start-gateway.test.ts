import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Admin, Kafka, logLevel, type Producer } from 'kafkajs';
import { startBroker } from '../start-single-part.ts';
import { type Gateway, startGateway } from './start-gateway.ts';
import { startLambdaStub } from './testing-support/lambda-stub.ts';
import { quietLogger } from './testing-support/quiet-logger.ts';

/** The first run of all brings Kafka's jars. */
const installationMs = 600_000;
/** For each test: against a hang, not a figure. */
const patienceMs = 30_000;
const itTakesTime = (behaviour: string, run: () => Promise<void>) => test(behaviour, run, patienceMs);

let broker: Awaited<ReturnType<typeof startBroker>>;
let lambda: Awaited<ReturnType<typeof startLambdaStub>>;
let gateway: Gateway;
let admin: Admin;
let producer: Producer;
let folder: string;
let topic: string;
let topics = 0;

beforeAll(async () => {
  broker = await startBroker({ name: 'test-gateway' });
  const sasl = { mechanism: 'plain', ...broker.user } as const;
  const kafka = new Kafka({ brokers: [broker.bootstrapServers], sasl, logLevel: logLevel.NOTHING });
  admin = kafka.admin();
  producer = kafka.producer({ metadataMaxAge: 200 });
  await Promise.all([admin.connect(), producer.connect()]);
}, installationMs);

afterAll(async () => {
  await Promise.all([admin?.disconnect(), producer?.disconnect()]);
  await broker?.stop();
}, 30_000);

beforeEach(async () => {
  topics += 1;
  topic = `topic-${topics}`;
  await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: true });
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  lambda = await startLambdaStub(broker.user);
  gateway = await start();
});

afterEach(async () => {
  await gateway.stop();
  await lambda.stop();
  await rm(folder, { recursive: true });
});

const start = () =>
  startGateway({
    port: 0,
    emulatorUrl: lambda.url,
    tablesUrl: lambda.url,
    stateFile: join(folder, 'gateway.json'),
    updatePauseMs: 0,
    logger: quietLogger,
  });

const send = (partition: number, values: readonly string[], timestampMs = Date.now()) =>
  producer.send({
    topic,
    messages: values.map((value) => ({ partition, value, timestamp: String(timestampMs) })),
  });

async function call(method: string, path: string, body?: unknown) {
  const url = `${gateway.url}/2015-03-31/event-source-mappings/${path}`;
  const response = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was answered
  return (await response.json()) as any;
}

/** Asks again until the answer is as wanted, as Terraform's provider does. */
async function until(uuid: string, isWanted: (mapping: { State: string; LastProcessingResult: string }) => boolean) {
  while (!isWanted(await call('GET', uuid))) await sleep(20);
}

async function createMapping(given: Record<string, unknown> = {}): Promise<string> {
  const { UUID: uuid } = await call('POST', '', {
    FunctionName: 'f:live',
    BatchSize: 1,
    SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: [broker.bootstrapServers] } },
    SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: `group-${topic}` },
    SourceAccessConfigurations: [
      { Type: 'BASIC_AUTH', URI: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:s' },
    ],
    StartingPosition: 'TRIM_HORIZON',
    Topics: [topic],
    ...given,
  });
  await until(uuid, ({ State }) => State === 'Enabled');
  return uuid;
}

const values = () => lambda.seen.map(({ value }) => value).sort();

async function committed(partition: number): Promise<string | undefined> {
  const [offsets] = await admin.fetchOffsets({ groupId: `group-${topic}`, topics: [topic] });
  return offsets?.partitions.find((one) => one.partition === partition)?.offset;
}

async function untilCommitted(partition: number, offset: string) {
  while ((await committed(partition)) !== offset) await sleep(20);
}

itTakesTime('a record is at the function within a few milliseconds (with-kafka-low-latency)', async () => {
  await createMapping();
  for (let index = 0; index < 60; index += 1) {
    await send(index % 3, [String(index)]);
    await lambda.records(index + 1);
  }
  const latencies = lambda.seen.map(({ timestamp, invokedMs }) => invokedMs - timestamp).sort((a, b) => a - b);
  // Around 5 ms on an idle machine; a bound that only a lost wake-up or a poll at intervals exceeds.
  expect(latencies[30]).toBeLessThan(50);
});

itTakesTime('a partition whose function hangs holds up no other (kafka-scaling-modes)', async () => {
  await createMapping();
  let release = () => {};
  const hang = new Promise<void>((resolve) => {
    release = resolve;
  });
  lambda.behave = async ([record]) => {
    if (record?.value === 'hang') await hang;
    return { body: 'null' };
  };
  await send(0, ['hang', 'after']);
  await lambda.records(1);
  for (const partition of [1, 2])
    await send(
      partition,
      Array.from({ length: 100 }, () => 'quick'),
    );
  await lambda.records(201);
  expect(values()).not.toContain('after');
  release();
  await lambda.records(202);
});

itTakesTime(
  'what is written before the mapping is read with TRIM_HORIZON, not with LATEST (kafka-starting-positions)',
  async () => {
    await send(0, ['old']);
    const latest = await createMapping({ StartingPosition: 'LATEST' });
    // The group's position is asked for after the join: what is sent until then is before it.
    for (; lambda.seen.length === 0; await sleep(50)) await send(0, ['new']);
    expect(values()).not.toContain('old');
    await call('DELETE', latest);
    await createMapping({ SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: `other-${topic}` } });
    await lambda.record('old');
  },
);

itTakesTime(
  'with AT_TIMESTAMP a new group starts at the first record of that time (kafka-starting-positions)',
  async () => {
    const now = Date.now();
    await send(0, ['before'], now - 60_000);
    await send(0, ['after'], now - 10_000);
    await createMapping({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: (now - 30_000) / 1000 });
    await lambda.records(1);
    await send(0, ['later']);
    await lambda.records(2);
    expect(values()).toEqual(['after', 'later']);
  },
);

itTakesTime(
  'a group that has offsets goes on from them, whatever the starting position (kafka-consumer-group-id)',
  async () => {
    const first = await createMapping();
    await send(1, ['a', 'b']);
    await lambda.records(2);
    await untilCommitted(1, '2');
    await call('DELETE', first);
    await until(first, ({ State }) => State === undefined);
    await send(1, ['c']);
    await createMapping();
    await lambda.records(3);
    expect(values()).toEqual(['a', 'b', 'c']);
  },
);

itTakesTime('a restart of the gateway loses and repeats nothing that was answered', async () => {
  await createMapping();
  await send(0, ['a']);
  await lambda.records(1);
  await untilCommitted(0, '1');
  await gateway.stop();
  await send(0, ['b']);
  gateway = await start();
  await lambda.records(2);
  expect(values()).toEqual(['a', 'b']);
});

itTakesTime('an added partition is read within seconds, from its first record (kafka-scaling-modes)', async () => {
  await createMapping();
  await admin.createPartitions({ topicPartitions: [{ topic, count: 5 }] });
  const addedMs = Date.now();
  while ((await send(4, ['added']).catch(() => [])).length === 0) await sleep(50);
  await lambda.records(1);
  expect(lambda.seen[0]).toMatchObject({ partition: 4, offset: 0 });
  expect(Date.now() - addedMs).toBeLessThan(10_000);
});

itTakesTime(
  'a disabled mapping reads nothing, and goes on where it was when it is enabled (API_UpdateEventSourceMapping)',
  async () => {
    const uuid = await createMapping();
    await call('PUT', uuid, { Enabled: false });
    await until(uuid, ({ State }) => State === 'Disabled');
    await send(2, ['while disabled']);
    expect(await admin.describeGroups([`group-${topic}`])).toMatchObject({ groups: [{ state: 'Empty' }] });
    await call('PUT', uuid, { Enabled: true });
    await lambda.records(1);
    expect(values()).toEqual(['while disabled']);
  },
);

itTakesTime(
  'a refused password shows as a problem, and a corrected secret is found (with-kafka-troubleshoot)',
  async () => {
    lambda.secret.password = 'wrong';
    const uuid = await createMapping();
    await until(uuid, ({ LastProcessingResult }) => LastProcessingResult.startsWith('PROBLEM'));
    lambda.secret.password = broker.user.password;
    await send(0, ['at last']);
    await lambda.records(1);
  },
);

itTakesTime('on demand one event can hold several partitions (with-kafka-configure)', async () => {
  let largest = 0;
  lambda.behave = async (records) => {
    largest = Math.max(largest, new Set(records.map(({ partition }) => partition)).size);
    return { body: 'null' };
  };
  await Promise.all([0, 1, 2].map((partition) => send(partition, ['x', 'y'])));
  await createMapping({ BatchSize: 100 });
  await lambda.records(6);
  expect(largest).toBeGreaterThan(1);
});
