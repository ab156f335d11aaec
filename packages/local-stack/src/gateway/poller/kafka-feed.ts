import type { Clock, Logger } from '@quakewire/core';
import { type Admin, type Consumer, type EachBatchPayload, Kafka, type SASLOptions } from 'kafkajs';
import { fromKafkaMessage } from './from-kafka-message.ts';
import type { KafkaCredentials } from './kafka-credentials.ts';
import { kafkaLogCreator } from './kafka-log.ts';
import type { PollerSettings } from './poller-settings.ts';
import type { FeedHandlers, OpenFeed, RecordFeed } from './record-feed.ts';
import { within } from './within.ts';

export interface KafkaFeedOptions {
  settings: PollerSettings;
  /** Asked at each opening, so that a rotated secret is found after the old one was refused. */
  credentials(): Promise<KafkaCredentials | null>;
  clock: Clock;
  logger: Logger;
}

/** A dead member keeps its partitions for this long: as short as a broker's default allows. */
const sessionTimeoutMs = 6_000;
/** How soon added partitions are read. */
const metadataMaxAgeMs = 1_000;
/** A record ends the wait at once; the wait only bounds how soon a resumed partition is asked for again. */
const maximumWaitMs = 250;
const earliestOffsetMaxAgeMs = 5_000;
/** About a second and a half: a cluster that is away shows soon. */
const openingRetries = 4;
/**
 * About half a minute: within it a member that has joined outlasts a broker's restart. A new member would have to wait
 * until the old one's session ends.
 */
const outageRetries = 30;
/** Of a cluster that is away kafkajs would take leave only after all its retries. */
const longestCloseMs = 2_000;

/** Reads a topic as a member of a consumer group (kafkajs). Batches are handed over at once: one fetch serves all partitions. */
export function createKafkaFeed({ settings, credentials, clock, logger }: KafkaFeedOptions): RecordFeed {
  return async (handlers) => {
    const sasl = saslOf(await credentials());
    const client = (retries: number) =>
      new Kafka({
        clientId: `event-source-mapping-${settings.uuid}`,
        brokers: [...settings.bootstrapServers],
        connectionTimeout: 2_000,
        retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries, restartOnFailure: async () => false },
        logCreator: kafkaLogCreator(logger),
        ...sasl,
      });
    const admin = client(openingRetries).admin();
    const consumer = client(outageRetries).consumer({
      groupId: settings.consumerGroupId,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: sessionTimeoutMs,
      heartbeatInterval: sessionTimeoutMs / 4,
      metadataMaxAge: metadataMaxAgeMs,
      maxWaitTimeInMs: maximumWaitMs,
      minBytes: 1,
      allowAutoTopicCreation: false,
    });
    const close = () => within(clock, longestCloseMs, Promise.allSettled([consumer.disconnect(), admin.disconnect()]));
    try {
      await admin.connect();
      if (settings.startingPosition === 'AT_TIMESTAMP') await startAtTimestamp(admin, settings);
      await join(consumer, settings, handlers);
    } catch (error) {
      await close();
      throw error;
    }
    return openFeed({ settings, consumer, admin, clock, close });
  };
}

/** Without offsets of its own the group starts where the mapping says (kafka-consumer-group-id, kafka-starting-positions). */
async function startAtTimestamp(admin: Admin, { consumerGroupId, topic, startingTimestampMs }: PollerSettings) {
  const [known] = await admin.fetchOffsets({ groupId: consumerGroupId, topics: [topic] });
  const missing = new Set(known?.partitions.filter(({ offset }) => offset === '-1').map(({ partition }) => partition));
  if (missing.size === 0) return;
  const starts = await admin.fetchTopicOffsetsByTimestamp(topic, startingTimestampMs);
  const partitions = starts.filter(({ partition }) => missing.has(partition));
  await admin.setOffsets({ groupId: consumerGroupId, topic, partitions });
}

/** Resolves once the group is joined; a crash before rejects, a crash after is `onLost`, once. */
function join(consumer: Consumer, settings: PollerSettings, handlers: FeedHandlers): Promise<void> {
  return new Promise((resolve, reject) => {
    let joined = false;
    consumer.on(consumer.events.GROUP_JOIN, () => {
      joined = true;
      resolve();
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (joined) handlers.onLost(payload.error);
      else reject(payload.error);
    });
    const run = async () => {
      await consumer.connect();
      await consumer.subscribe({ topics: [settings.topic], fromBeginning: settings.startingPosition !== 'LATEST' });
      await consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }: EachBatchPayload) => {
          handlers.onRecords(batch.messages.map((message) => fromKafkaMessage(batch.topic, batch.partition, message)));
        },
      });
    };
    run().catch(reject);
  });
}

interface OpenFeedParts {
  settings: PollerSettings;
  consumer: Consumer;
  admin: Admin;
  clock: Clock;
  close(): Promise<void>;
}

function openFeed({ settings: { topic }, consumer, admin, clock, close }: OpenFeedParts): OpenFeed {
  let known = { atMs: Number.NEGATIVE_INFINITY, low: new Map<number, number>() };
  return {
    hold: (partition) => consumer.pause([{ topic, partitions: [partition] }]),
    resume: (partition) => consumer.resume([{ topic, partitions: [partition] }]),
    commit: (offsets) =>
      consumer.commitOffsets(offsets.map(({ partition, offset }) => ({ topic, partition, offset: String(offset) }))),
    async earliestOffset(partition) {
      if (clock.monotonicMs() - known.atMs > earliestOffsetMaxAgeMs) {
        const offsets = await admin.fetchTopicOffsets(topic);
        known = { atMs: clock.monotonicMs(), low: new Map(offsets.map((one) => [one.partition, Number(one.low)])) };
      }
      return known.low.get(partition) ?? 0;
    },
    close,
  };
}

function saslOf(credentials: KafkaCredentials | null): { sasl?: SASLOptions } {
  return credentials ? { sasl: credentials as SASLOptions } : {};
}
