import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { AlertFiles } from '@quakewire/broadcast';
import { type Logger, startingPolicy, wholeEarth } from '@quakewire/core';
import { createDynamoDbClient, createPolicyStore, createSegmentMapStore } from '@quakewire/dynamodb';
import { createKafkaWakeUpLog, type KafkaWakeUpLog } from '@quakewire/kafka';
import { systemClock as clock } from '@quakewire/lambda-runtime';
import { startBroker, startTableServer } from '@quakewire/local-stack';
import { aSegment, aSegmentMap, aSizing } from '@quakewire/testing';
import { Kafka, logLevel } from 'kafkajs';
import { WebSocketServer } from 'ws';
import { createPorts } from '../src/create-ports.ts';
import { createShift } from '../src/create-shift.ts';
import { readEnvironment } from '../src/env.ts';

const recording = readFileSync(new URL('../fixtures/usgs/2025-04-26_fdsn_query_turkey.json', import.meta.url), 'utf8');
const frame =
  readFileSync(new URL('../fixtures/emsc/websocket_frames.jsonl', import.meta.url), 'utf8').split('\n')[2] ?? '';
const channels = ['sms', 'email', 'telegram', 'webhook'] as const;
const tables = ['EARTHQUAKES', 'DISPATCH', 'MAP', 'LEDGER'] as const;
const shiftSeconds = 10;

let broker: Awaited<ReturnType<typeof startBroker>>;
let tableServer: Awaited<ReturnType<typeof startTableServer>>;
let client: DynamoDBClient;
let wakeUps: KafkaWakeUpLog;
let feed: Server;
let socket: WebSocketServer;
let answer = '{"type":"FeatureCollection","features":[]}';

const lines: { fields: Record<string, unknown>; message: string }[] = [];
const note = (fields: Record<string, unknown>, message: string): void => void lines.push({ fields, message });
const logger: Logger = { debug: () => undefined, info: note, warn: note, error: note };

beforeAll(async () => {
  [broker, tableServer] = await Promise.all([
    startBroker({ name: 'producer-kafka' }),
    startTableServer({ name: 'producer-tables' }),
  ]);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = createDynamoDbClient({ endpoint: tableServer.url, region: 'eu-central-1', credentials });
  await Promise.all([...tables.map(createTable), createTopics(), startFeeds()]);
  await client.send(
    new PutItemCommand({
      TableName: 'DISPATCH',
      Item: { pk: { S: 'sizing' }, sk: { S: 'inForce' }, control: { S: JSON.stringify(aSizing()) } },
    }),
  );
  const everywhere = startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } });
  await createPolicyStore({ client, table: 'EARTHQUAKES' }).put(everywhere);
  const maps = createSegmentMapStore({ client, table: 'MAP', nowMs: clock.wallMs });
  await Promise.all(channels.map((channel) => maps.publish(aSegmentMap({ channel, segments: [aSegment({ id: 0 })] }))));
  wakeUps = createKafkaWakeUpLog(
    { bootstrapServers: broker.bootstrapServers, tls: false, ...broker.user },
    { threads: 1, clock, logger },
  );
}, 120_000);

afterAll(async () => {
  await wakeUps?.close();
  client?.destroy();
  socket?.close();
  feed?.close();
  await Promise.all([broker?.stop(), tableServer?.stop()]);
}, 30_000);

const createTable = (name: string) =>
  client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
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

async function startFeeds(): Promise<void> {
  feed = createServer(({ url }, response) =>
    url?.startsWith('/query') ? response.writeHead(204).end() : response.end(answer),
  );
  socket = new WebSocketServer({ server: feed });
  await new Promise<void>((resolve) => feed.listen(0, '127.0.0.1', resolve));
}

function environment() {
  const host = `127.0.0.1:${(feed.address() as AddressInfo).port}`;
  return readEnvironment({
    ...Object.fromEntries(tables.map((name) => [`${name}_TABLE`, name])),
    QUAKEWIRE_ENVIRONMENT: 'local',
    LOG_LEVEL: 'info',
    KAFKA_BOOTSTRAP_SERVERS: broker.bootstrapServers,
    KAFKA_TLS: 'false',
    KAFKA_SECRET_ARN: 'unused',
    CHANNELS: channels.join(','),
    USGS_FEED_URL: `http://${host}/summary.geojson`,
    USGS_EVENT_URL: `http://${host}/query`,
    EMSC_WEBSOCKET_URL: `ws://${host}/socket`,
    EMSC_EVENT_URL: `http://${host}/query`,
    INFP_STREAM_URL: '',
    FEED_HOSTS: host,
    ALERT_FILES_BUCKET: 'alert-files',
    ALERT_FILES_URL: 'https://alerts.quakewire.example',
    CAP_SENDER: 'alerts@quakewire.example',
    CAP_SENDER_NAME: 'Test Institute',
    PUBLIC_CHATS: '{}',
    TELEGRAM_SECRET_ARN: 'arn',
    TELEGRAM_BASE_URL: '',
    LOOP_SECONDS: String(shiftSeconds),
  });
}

/** The `count`-th of many earthquakes of this minute, far enough apart to be different ones. */
function emscFrame(count: number): string {
  const { action, data } = JSON.parse(frame);
  const time = new Date(clock.wallMs() - 30_000).toISOString();
  const properties = {
    ...data.properties,
    unid: `test_${count}`,
    time,
    lastupdate: time,
    mag: 5.5,
    lat: count * 2 - 40,
  };
  return JSON.stringify({ action, data: { ...data, properties } });
}

/** The recorded Marmara M 6.2, as if it had happened half a minute ago. */
function usgsAnswer(): string {
  const recorded = JSON.parse(recording);
  const marmara = recorded.features.find(({ id }: { id: string }) => id === 'us7000pufs');
  marmara.properties.time = clock.wallMs() - 30_000;
  return JSON.stringify({ ...recorded, features: [marmara] });
}

async function until(isSo: () => boolean): Promise<void> {
  const giveUpAtMs = clock.monotonicMs() + 10_000;
  while (!isSo()) {
    if (clock.monotonicMs() > giveUpAtMs) throw new Error(`waited in vain: ${JSON.stringify(lines.slice(-5))}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const alerts = () => lines.filter(({ message }) => message === 'alert dispatched').map(({ fields }) => fields);

interface Times {
  acknowledgedAtMs: Record<string, number>;
}

const published: string[] = [];
const files: AlertFiles = {
  put: async ({ name }) => void published.push(name),
  read: async () => undefined,
  replace: async () => true,
};

describe('the producer on a real broker and a real table server', () => {
  it('alerts from both feeds, acknowledged on every channel, and leaves when its shift ends', async () => {
    const ports = createPorts(environment(), { client, wakeUps, files, bot: undefined, clock, logger });
    const shift = createShift(shiftSeconds * 1000, ports)('invocation-1', logger);
    await until(() => lines.some(({ message }) => message === 'leading') && socket.clients.size === 1);
    for (let count = 0; count < 20; count++) {
      for (const listener of socket.clients) listener.send(emscFrame(count));
      await until(() => alerts().length === count + 1);
    }
    answer = usgsAnswer();
    await until(() => alerts().length === 21);
    expect(await shift).toBe('ended');
    for (const { acknowledgedAtMs } of alerts() as unknown as Times[])
      expect(Object.keys(acknowledgedAtMs).sort()).toEqual([...channels].sort());
    expect(published.filter((name) => name.startsWith('cap/'))).toHaveLength(21);
    expect(lines.filter(({ message }) => /failed|not taken|given up|not broadcast/.test(message))).toEqual([]);
  }, 40_000);
});
