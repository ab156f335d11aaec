import type { Kafka } from 'kafkajs';
import type { Lane } from './publishing-lanes.ts';

/** How long kafkajs trusts its list of partitions; it drops records for partitions that are not in it. */
export const metadataMaxAgeMs = 250;

/**
 * A lane on its own kafkajs producer. All replicas must acknowledge. Not idempotent: a wake-up that is written twice is
 * harmless, and an idempotent producer waits for its id at the start and refuses everything after a lost sequence.
 */
export function createKafkajsLane(kafka: Kafka): Lane {
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    idempotent: false,
    metadataMaxAge: metadataMaxAgeMs,
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? -1,
  });
  let connecting: Promise<void> | undefined;

  function connect(): Promise<void> {
    connecting ??= producer.connect().catch((error: unknown) => {
      connecting = undefined;
      throw error;
    });
    return connecting;
  }

  return {
    async send(topic, records) {
      await connect();
      const answers = await producer.send({ topic, acks: -1, messages: [...records] });
      return answers.filter(({ errorCode }) => errorCode === 0).map(({ partition }) => partition);
    },
    async close() {
      if (connecting !== undefined) await producer.disconnect();
    },
  };
}
