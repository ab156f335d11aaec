import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { dispatchTopic } from '@quakewire/core';
import { checkInForce, type DeliveryPorts, type SmokePorts, type SmokeResult, smokeTest } from '@quakewire/deployment';
import {
  createCloudWatchHeartbeat,
  createLambdaConsumers,
  createStartConsumer,
  createTellTestEndpoints,
} from '@quakewire/deployment/adapters';
import { createSizingStore } from '@quakewire/dynamodb';
import { createKafkaAdmin } from '@quakewire/kafka';
import { createLogger } from '@quakewire/lambda-runtime';
import type { Site } from './site.ts';

export const quiet = createLogger('fatal', { function: 'rehearsal' });

type LivePorts = SmokePorts & Pick<DeliveryPorts, 'heartbeat' | 'scalingFile'>;

/** What is really there. */
export async function withLivePorts<T>(world: Site, use: (ports: LivePorts) => Promise<T>): Promise<T> {
  const { deployment, stores, tables } = world.deployed;
  const say = (sentence: string) => world.terminal.line(`  ${sentence}`);
  const admin = createKafkaAdmin(kafkaOf(world), quiet);
  const lambda = new LambdaClient();
  const cloudWatch = new CloudWatchClient();
  try {
    return await use({
      scalingFile: deployment.changePorts(say).scalingFile,
      consumers: createLambdaConsumers(lambda, 'quakewire-local'),
      startConsumer: createStartConsumer(lambda, 'quakewire-local'),
      tellTestEndpoints: createTellTestEndpoints(lambda, 'quakewire-local'),
      livePartitions: (topics) => admin.livePartitions(topics),
      sizing: createSizingStore({ client: stores.client, table: tables.dispatch ?? '' }).read,
      heartbeat: createCloudWatchHeartbeat(cloudWatch, 'local'),
      nowMs: Date.now,
      say,
    });
  } finally {
    await admin.close();
    lambda.destroy();
    cloudWatch.destroy();
  }
}

/** @throws When anything but what the scaling file says is in force. */
export const checkWorld = (world: Site): Promise<void> =>
  withLivePorts(world, (ports) => checkInForce({ expectNewestCode: true }, ports));

/** Reads back what is in force, starts every consumer and tells the test endpoints, as after each apply of a deployment. */
export const smokeWorld = (world: Site): Promise<SmokeResult> =>
  withLivePorts(world, async (ports) => smokeTest((await ports.scalingFile.read())?.text ?? '', ports));

/** Partitions of each channel's topic now. */
export const readLivePartitions = (world: Site, channels: readonly string[]): Promise<Record<string, number>> =>
  withLivePorts(world, async ({ livePartitions }) => {
    const byTopic = await livePartitions(channels.map(dispatchTopic));
    return Object.fromEntries(channels.map((channel) => [channel, byTopic[dispatchTopic(channel)] ?? 0]));
  });

export function kafkaOf({ installation: { stack } }: Site) {
  const { bootstrapServers, admin } = stack.kafka;
  return { bootstrapServers, tls: false, ...admin };
}
