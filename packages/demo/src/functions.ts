import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type ChannelName, dispatchTopic, type LeaderLease } from '@quakewire/core';
import type { Stack } from '@quakewire/local-stack';
import { Kafka, logLevel } from 'kafkajs';
import { waitUntil } from './wait-until.ts';

/** Runs the segmenter now; its schedule would do so within 5 minutes. @throws when it failed. */
export async function cutSegments(lambda: LambdaClient, aliasArn: string): Promise<void> {
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: aliasArn }));
  if (FunctionError)
    throw new Error(
      `the segmenter failed: ${Buffer.from(Payload ?? [])
        .toString()
        .slice(0, 500)}`,
    );
}

/** Starts a leader and a standby now; their schedule would do so within two minutes. */
export async function startProducers(lambda: LambdaClient, aliasArn: string): Promise<void> {
  for (let start = 0; start < 2; start++)
    await lambda.send(new InvokeCommand({ FunctionName: aliasArn, InvocationType: 'Event' }));
}

export async function waitForLeader(lease: LeaderLease): Promise<void> {
  await waitUntil('a producer takes the lead', 60_000, async () => (await lease.read())?.owner);
}

/**
 * Waits until every consumer group has processed what the leader published to warm it: one heartbeat a partition. What
 * is committed was processed.
 */
export async function waitForWarmConsumers(stack: Stack, channels: readonly ChannelName[]): Promise<void> {
  const { username, password } = stack.kafka.admin;
  const sasl = { mechanism: 'plain' as const, username, password };
  const brokers = stack.kafka.bootstrapServers.split(',');
  const admin = new Kafka({ clientId: 'demo', brokers, sasl, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    await waitUntil('the consumers are warm', 90_000, async () => {
      const isWarm = await Promise.all(channels.map((channel) => isCaughtUp(admin, channel)));
      return isWarm.every(Boolean) || undefined;
    });
  } finally {
    await admin.disconnect();
  }
}

async function isCaughtUp(admin: ReturnType<Kafka['admin']>, channel: ChannelName): Promise<boolean> {
  const topic = dispatchTopic(channel);
  const groupId = `quakewire-local-consumer-${channel}`;
  const [ends, [committed]] = await Promise.all([
    admin.fetchTopicOffsets(topic),
    admin.fetchOffsets({ groupId, topics: [topic] }),
  ]);
  const done = new Map(committed?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  const published = ends.some(({ high }) => Number(high) > 0);
  return published && ends.every(({ partition, high }) => (done.get(partition) ?? -1) >= Number(high) || high === '0');
}
