/** One Kafka record as read; offsets fit a double (a local topic never reaches 2^53). */
export interface KafkaRecord {
  topic: string;
  partition: number;
  offset: number;
  timestampMs: number;
  timestampType: 'CREATE_TIME' | 'LOG_APPEND_TIME';
  key: Buffer | null;
  value: Buffer | null;
  headers: readonly { name: string; value: Buffer }[];
}

/** `topic-partition`: how events, partial responses and failure records name a partition. */
export const partitionKey = (record: Pick<KafkaRecord, 'topic' | 'partition'>): string =>
  `${record.topic}-${record.partition}`;

/** The records by partition key, order kept. */
export function byPartition(records: readonly KafkaRecord[]): Map<string, KafkaRecord[]> {
  const groups = new Map<string, KafkaRecord[]>();
  for (const record of records) {
    const key = partitionKey(record);
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}
