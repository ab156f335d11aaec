import type { Logger } from '@quakewire/core';
import { createKafkaClient, type KafkaConfig } from './kafka-client.ts';

export interface KafkaAdmin {
  /**
   * Partitions of each topic now; 0 only where the broker says that there is no such topic.
   * @throws on every other error: an unknown count must not look like an empty one.
   */
  livePartitions(topics: readonly string[]): Promise<Record<string, number>>;
  close(): Promise<void>;
}

export function createKafkaAdmin(config: KafkaConfig, logger: Logger): KafkaAdmin {
  const admin = createKafkaClient(config, logger).admin();
  let connecting: Promise<void> | undefined;

  function connect(): Promise<void> {
    connecting ??= admin.connect().catch((error: unknown) => {
      connecting = undefined;
      throw error;
    });
    return connecting;
  }

  async function countPartitions(topic: string): Promise<number> {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const found = topics.find(({ name }) => name === topic);
      if (!found) throw new Error(`the broker did not answer for topic ${topic}`);
      return found.partitions.length;
    } catch (error) {
      if (isUnknownTopic(error)) return 0;
      throw error;
    }
  }

  return {
    async livePartitions(topics) {
      await connect();
      // One request a topic: a single unknown one would spoil the answer for all.
      const counts = await Promise.all(topics.map(async (topic) => [topic, await countPartitions(topic)] as const));
      return Object.fromEntries(counts);
    },
    async close() {
      if (connecting !== undefined) await admin.disconnect();
    },
  };
}

/** By its type's name: kafkajs's error classes cannot be imported by name from an ES module. */
const isUnknownTopic = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && error.type === 'UNKNOWN_TOPIC_OR_PARTITION';
