import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { channelNames, startingPolicy, wholeEarth } from '@quakewire/core';
import { createDynamoDbClient, createLeaderLease, createPolicyStore, createSegmentMapStore } from '@quakewire/dynamodb';
import { startBroker, startTableServer } from '@quakewire/local-stack';
import { aSegment, aSegmentMap, aSizing } from '@quakewire/testing';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import { bundleLambda } from '../../../../scripts/build/bundle-lambda.ts';
import { startAwsStandIn } from '../init/aws-stand-in.ts';
import { functionEnvironment } from '../init/function-environment.ts';
import { startProducer } from '../producer/producer-process.ts';
import { createProducerTables } from '../producer/producer-tables.ts';
import type { EmscStandIn } from './emsc-stand-in.ts';

export const partitions = 20;
export const segments = 100;
const settleMs = 30_000;

/** A leading producer in a process of its own, on a real Kafka and real tables. */
export interface Leader {
  client: DynamoDBClient;
  /** Kafka's own client on the same broker, connected. */
  kafka: Producer;
  stop(): Promise<void>;
}

/** Resolves when it leads and listens. */
export async function startLeader(emsc: EmscStandIn): Promise<Leader> {
  const folder = mkdtempSync(join(tmpdir(), 'quakewire-bench-'));
  const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const one of stops.reverse()) await one();
  };
  try {
    const broker = await startBroker({ name: 'bench-alert-kafka' });
    stops.push(broker.stop);
    const tables = await startTableServer({ name: 'bench-alert-tables' });
    stops.push(tables.stop);
    const aws = await startAwsStandIn({ 'kafka-producer': broker.user });
    stops.push(aws.stop);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = createDynamoDbClient({ endpoint: tables.url, region: 'eu-central-1', credentials });
    stops.push(() => client.destroy());
    await fillTables(client);
    const kafka = await connectKafka(broker);
    stops.push(() => kafka.disconnect());

    const bundle = join(folder, 'producer.mjs');
    const { code } = await bundleLambda('packages/producer/src/index.ts', resolve(import.meta.dirname, '../../../..'));
    writeFileSync(bundle, code);
    const producer = startProducer(bundle, {
      ...functionEnvironment('producer', aws.url),
      ...{ AWS_ENDPOINT_URL_DYNAMODB: tables.url, KAFKA_BOOTSTRAP_SERVERS: broker.bootstrapServers },
      ...emsc.environment,
    });
    stops.push(producer.kill);
    const lease = createLeaderLease({ client, table: 'dispatch' });
    for (const beganMs = performance.now(); (await lease.read())?.owner === undefined || !emsc.isListenedTo(); ) {
      if (performance.now() - beganMs > settleMs) throw new Error('the producer does not lead after 30 s');
      await delay(50);
    }
    return { client, kafka, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function fillTables(client: DynamoDBClient): Promise<void> {
  await createProducerTables(client);
  const control = JSON.stringify(aSizing({ activePartitions: partitions }));
  const Item = { pk: { S: 'sizing' }, sk: { S: 'inForce' }, control: { S: control } };
  await client.send(new PutItemCommand({ TableName: 'dispatch', Item }));
  const policy = startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } });
  await createPolicyStore({ client, table: 'earthquakes' }).put(policy);
  const maps = createSegmentMapStore({ client, table: 'map', nowMs: Date.now });
  const all = Array.from({ length: segments }, (_, id) => aSegment({ id }));
  for (const channel of channelNames) await maps.publish(aSegmentMap({ channel, segments: all }));
}

async function connectKafka(broker: Awaited<ReturnType<typeof startBroker>>): Promise<Producer> {
  const sasl = { mechanism: 'plain', ...broker.user } as const;
  const kafka = new Kafka({ brokers: [broker.bootstrapServers], sasl, logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const topics = channelNames.map((channel) => ({ topic: `dispatch.${channel}`, numPartitions: partitions }));
  await admin.createTopics({ topics, waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  return producer;
}
