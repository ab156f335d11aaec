import type { KafkaMessage } from 'kafkajs';
import type { KafkaRecord } from './kafka-record.ts';

/** kafkajs' message as a record of ours. */
export function fromKafkaMessage(topic: string, partition: number, message: KafkaMessage): KafkaRecord {
  // Not in kafkajs' types: the record batch's own attributes, 1 = the broker's time of append.
  const { batchContext } = message as { batchContext?: { timestampType?: number } };
  return {
    topic,
    partition,
    offset: Number(message.offset),
    timestampMs: Number(message.timestamp),
    timestampType: batchContext?.timestampType === 1 ? 'LOG_APPEND_TIME' : 'CREATE_TIME',
    key: message.key,
    value: message.value,
    headers: Object.entries(message.headers ?? {}).flatMap(([name, values]) =>
      [values ?? []].flat().map((value) => ({ name, value: Buffer.from(value) })),
    ),
  };
}
