import type { KafkaRecord } from '../poller/kafka-record.ts';

/** A record of topic `t`, partition 0, offset 0, with what is given instead. */
export const kafkaRecord = (given: Partial<KafkaRecord> = {}): KafkaRecord => ({
  topic: 't',
  partition: 0,
  offset: 0,
  timestampMs: 1_745_401_800_000,
  timestampType: 'CREATE_TIME',
  key: null,
  value: Buffer.from('v'),
  headers: [],
  ...given,
});

/** Records of one partition with these offsets. */
export const kafkaRecords = (partition: number, offsets: readonly number[]): KafkaRecord[] =>
  offsets.map((offset) => kafkaRecord({ partition, offset }));

/** `partition:offset` of each record, for reading in an expectation. */
export const positions = (records: readonly KafkaRecord[]): string[] =>
  records.map(({ partition, offset }) => `${partition}:${offset}`);
