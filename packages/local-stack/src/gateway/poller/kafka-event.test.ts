import fc from 'fast-check';
import { kafkaRecord } from '../testing-support/kafka-records.ts';
import { kafkaEventPayload, payloadBytes } from './kafka-event.ts';

test('an event has the shape of with-kafka: base64 key and value, headers as arrays of bytes, records by topic-partition', () => {
  const records = [
    kafkaRecord({
      topic: 'dispatch.sms',
      partition: 3,
      offset: 15,
      timestampMs: 1_545_084_650_987,
      key: Buffer.from('key'),
      value: Buffer.from('{"a":1}'),
      headers: [{ name: 'traceparent', value: Buffer.from('00') }],
    }),
  ];
  expect(JSON.parse(kafkaEventPayload(records, ['b-1:9092', 'b-2:9092']))).toEqual({
    eventSource: 'SelfManagedKafka',
    bootstrapServers: 'b-1:9092,b-2:9092',
    records: {
      'dispatch.sms-3': [
        {
          topic: 'dispatch.sms',
          partition: 3,
          offset: 15,
          timestamp: 1_545_084_650_987,
          timestampType: 'CREATE_TIME',
          key: 'a2V5',
          value: 'eyJhIjoxfQ==',
          headers: [{ traceparent: [48, 48] }],
        },
      ],
    },
  });
});

test('one event can hold several partitions, each with its records in order (with-kafka-configure)', () => {
  const records = [kafkaRecord({ partition: 1, offset: 4 }), kafkaRecord({ offset: 8 }), kafkaRecord({ offset: 9 })];
  const event = JSON.parse(kafkaEventPayload(records, []));
  expect(event.records['t-0'].map(({ offset }: { offset: number }) => offset)).toEqual([8, 9]);
  expect(event.records['t-1']).toHaveLength(1);
});

test('a record without key or value is handed over without them', () => {
  const event = JSON.parse(kafkaEventPayload([kafkaRecord({ value: null })], []));
  expect(Object.keys(event.records['t-0'][0])).not.toEqual(expect.arrayContaining(['key']));
  expect(event.records['t-0'][0].value).toBeUndefined();
});

test('the estimate of a record is never below what it adds to the payload, whatever it holds', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
  const arbitraryRecord = fc.record({
    key: fc.option(bytes),
    value: fc.option(bytes),
    offset: fc.maxSafeNat(),
    timestampMs: fc.maxSafeNat(),
    partition: fc.nat({ max: 100_000 }),
    topic: fc.stringMatching(/^[a-zA-Z0-9._-]{1,249}$/),
    headers: fc.array(fc.record({ name: fc.stringMatching(/^[a-z-]{0,40}$/), value: bytes }), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(arbitraryRecord, (given) => {
      const record = kafkaRecord({ ...given, timestampType: 'LOG_APPEND_TIME' });
      const added = Buffer.byteLength(kafkaEventPayload([record], [])) - Buffer.byteLength(kafkaEventPayload([], []));
      expect(payloadBytes(record)).toBeGreaterThanOrEqual(added);
    }),
  );
});
