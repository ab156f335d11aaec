import { randomUUID } from 'node:crypto';
import { CreateTableCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { AlertFiles } from '@quakewire/broadcast';
import { type Logger, startingPolicy, wholeEarth } from '@quakewire/core';
import { createDynamoDbClient, createPolicyStore, createSegmentMapStore } from '@quakewire/dynamodb';
import { createKafkaWakeUpLog, type KafkaWakeUpLog } from '@quakewire/kafka';
import { systemClock as clock } from '@quakewire/lambda-runtime';
import { startBroker, startTableServer } from '@quakewire/local-stack';
import { aSegmentMap, aSizing } from '@quakewire/testing';
import { Kafka, logLevel } from 'kafkajs';
import { createPorts } from '../src/create-ports.ts';
import { readEnvironment } from '../src/env.ts';
import { createHandler } from '../src/handler.ts';
import { createPostReceiver } from '../src/receive-post.ts';
import { signedHeaders } from '../src/signature.ts';

type HttpEvent = Parameters<ReturnType<typeof createHandler>>[0];

const channels = ['sms', 'email'] as const;
const tables = ['EARTHQUAKES', 'DISPATCH', 'MAP'] as const;
const key = { secret: Buffer.alloc(32, 3), network: 'infp', exercise: false };

let broker: Awaited<ReturnType<typeof startBroker>>;
let tableServer: Awaited<ReturnType<typeof startTableServer>>;
let client: DynamoDBClient;
let wakeUps: KafkaWakeUpLog;
let handler: ReturnType<typeof createHandler>;

const published: string[] = [];
const files: AlertFiles = {
  put: async ({ name }) => void published.push(name),
  read: async () => undefined,
  replace: async () => true,
};
const lines: { fields: Record<string, unknown>; message: string }[] = [];
const note = (fields: Record<string, unknown>, message: string): void => void lines.push({ fields, message });
const logger: Logger = { debug: () => undefined, info: note, warn: note, error: note };

beforeAll(async () => {
  [broker, tableServer] = await Promise.all([
    startBroker({ name: 'ingest-kafka' }),
    startTableServer({ name: 'ingest-tables' }),
  ]);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = createDynamoDbClient({ endpoint: tableServer.url, region: 'eu-central-1', credentials });
  await Promise.all([...tables.map(createTable), createTopics()]);
  const control = { S: JSON.stringify(aSizing()) };
  const Item = { pk: { S: 'sizing' }, sk: { S: 'inForce' }, control };
  await client.send(new PutItemCommand({ TableName: 'DISPATCH', Item }));
  const everywhere = startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } });
  await createPolicyStore({ client, table: 'EARTHQUAKES' }).put(everywhere);
  const maps = createSegmentMapStore({ client, table: 'MAP', nowMs: clock.wallMs });
  await Promise.all(channels.map((channel) => maps.publish(aSegmentMap({ channel }))));
  wakeUps = createKafkaWakeUpLog(
    { bootstrapServers: broker.bootstrapServers, tls: false, ...broker.user },
    { threads: 1, clock, logger },
  );
  const readKeys = async () => ({ keys: { infp: key } });
  const metrics = { add: () => undefined, flush: () => undefined };
  const clients = { client, wakeUps, files, bot: undefined, readKeys, metrics, clock, logger };
  const { broadcast, ...ports } = createPorts(environment(), clients);
  handler = createHandler({ receivePost: createPostReceiver(ports), broadcast, metrics, clock, logger });
}, 120_000);

afterAll(async () => {
  await wakeUps?.close();
  client?.destroy();
  await Promise.all([broker?.stop(), tableServer?.stop()]);
}, 30_000);

const createTable = (name: string) =>
  client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );

async function createTopics(): Promise<void> {
  const sasl = { mechanism: 'plain', ...broker.user } as const;
  const admin = new Kafka({ brokers: [broker.bootstrapServers], sasl, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.createTopics({ topics: channels.map((channel) => ({ topic: `dispatch.${channel}`, numPartitions: 2 })) });
  await admin.disconnect();
}

const environment = () =>
  readEnvironment({
    ...Object.fromEntries(tables.map((name) => [`${name}_TABLE`, name])),
    ...{ QUAKEWIRE_ENVIRONMENT: 'local', LOG_LEVEL: 'info', CHANNELS: channels.join(',') },
    ...{ KAFKA_BOOTSTRAP_SERVERS: broker.bootstrapServers, KAFKA_TLS: 'false' },
    ...{
      KAFKA_SECRET_ARN: 'unused',
      KEYS_SECRET_ARN: 'unused',
      TELL_EXERCISES: 'false',
      TELEGRAM_SECRET_ARN: '',
      TELEGRAM_BASE_URL: '',
    },
    ...{ ALERT_FILES_BUCKET: 'alert-files', ALERT_FILES_URL: 'https://alerts.quakewire.example', PUBLIC_CHATS: '{}' },
    ...{ CAP_SENDER: 'alerts@quakewire.example', CAP_SENDER_NAME: 'Test Institute' },
  });

function sign(document: object): HttpEvent {
  const body = JSON.stringify({ schema: 1, ...document });
  const signed = { id: randomUUID(), timestampSeconds: Math.floor(clock.wallMs() / 1000) };
  const headers = signedHeaders('infp', key.secret, signed, Buffer.from(body));
  return { headers, body, isBase64Encoded: false } as Partial<HttpEvent> as HttpEvent;
}
const solution = (changes: object = {}) => ({
  ...{ id: 'vr1', updated: new Date(clock.wallMs()).toISOString(), status: 'automatic' },
  originTime: new Date(clock.wallMs() - 8_000).toISOString(),
  ...{ latitude: 45.77, longitude: 26.76, depthKm: 94, magnitude: 6, region: 'Vrancea', stations: 8, ...changes },
});
async function answerTo(event: HttpEvent): Promise<{ status: number | undefined; earthquakeId?: string }> {
  const { statusCode: status, body } = await handler(event);
  return { status, ...JSON.parse(body ?? '{}') };
}
const dispatched = () => lines.filter(({ message }) => message === 'alert dispatched').map(({ fields }) => fields);

describe('the ingest on a real broker and a real table server', () => {
  it('alerts, updates and cancels, acknowledged on every channel, and takes no post twice', async () => {
    expect(await answerTo(sign({ heartbeat: true }))).toEqual({ status: 204 });
    const { earthquakeId, ...first } = await answerTo(sign(solution()));
    expect(first).toEqual({ status: 202, told: 'alert', alertSeq: 1 });
    const update = sign(solution({ magnitude: 7.4 }));
    expect(await answerTo(update)).toEqual({ status: 202, told: 'alert', alertSeq: 2, earthquakeId });
    expect(await answerTo(update)).toMatchObject({ status: 409 });
    const retraction = { id: 'vr1', updated: new Date(clock.wallMs()).toISOString(), status: 'deleted' };
    expect(await answerTo(sign(retraction))).toEqual({ status: 202, told: 'alert', alertSeq: 3, earthquakeId });
    expect(dispatched().map(({ kind }) => kind)).toEqual(['alert', 'update', 'cancel']);
    for (const { acknowledgedAtMs } of dispatched())
      expect(Object.keys(acknowledgedAtMs as object).sort()).toEqual([...channels].sort());
    expect(published.filter((name) => name.startsWith('cap/'))).toHaveLength(3);
  }, 30_000);

  it('makes one earthquake of solutions that arrive at once, under whatever ids', async () => {
    const at = { latitude: 10, longitude: 10, depthKm: 10, originTime: new Date(clock.wallMs() - 5_000).toISOString() };
    const posts = Array.from({ length: 6 }, (_, count) => sign(solution({ ...at, id: `solution-${count}` })));
    const answers = await Promise.all(posts.map(answerTo));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ earthquakeId }) => earthquakeId)).size).toBe(1);
  }, 30_000);
});
