import { byPartition, type KafkaRecord } from './kafka-record.ts';

/** Lambda's limit of one synchronous payload in bytes (gettingstarted-limits). */
export const maximumPayloadBytes = 6 * 1024 * 1024;

/**
 * The event of a self-managed Kafka source, as JSON: key and value in base64, headers as arrays of bytes, records
 * grouped by `topic-partition`. Shape: https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html.
 */
export function kafkaEventPayload(records: readonly KafkaRecord[], bootstrapServers: readonly string[]): string {
  const groups = [...byPartition(records)].map(([key, group]) => [key, group.map(eventRecord)]);
  return JSON.stringify({
    eventSource: 'SelfManagedKafka',
    bootstrapServers: bootstrapServers.join(','),
    records: Object.fromEntries(groups),
  });
}

function eventRecord(record: KafkaRecord) {
  return {
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestampMs,
    timestampType: record.timestampType,
    ...(record.key ? { key: record.key.toString('base64') } : {}),
    ...(record.value ? { value: record.value.toString('base64') } : {}),
    headers: record.headers.map(({ name, value }) => ({ [name]: [...value] })),
  };
}

/** The event's frame: names, brackets and numbers of one record, rounded up. */
const recordFrameBytes = 220;

/** Upper bound of what a record adds to the payload, in bytes: base64 is 4/3, a header's byte up to four characters. */
export function payloadBytes(record: KafkaRecord): number {
  const base64 = (bytes: Buffer | null) => Math.ceil((bytes?.length ?? 0) / 3) * 4;
  const headers = record.headers.reduce((sum, { name, value }) => sum + name.length * 2 + value.length * 4 + 8, 0);
  return recordFrameBytes + record.topic.length * 2 + base64(record.key) + base64(record.value) + headers;
}
