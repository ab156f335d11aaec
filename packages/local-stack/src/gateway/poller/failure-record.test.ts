import { kafkaRecord } from '../testing-support/kafka-records.ts';
import { createFailureDestination } from './failure-destination.ts';
import { type Discard, failureObjectKey, failureRecord } from './failure-record.ts';
import type { PollerSettings } from './poller-settings.ts';

const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:f:live';
const discard: Discard = {
  condition: 'RetryAttemptsExhausted',
  records: [
    kafkaRecord({ offset: 7, timestampMs: 1_573_691_884_835 }),
    kafkaRecord({ offset: 9, timestampMs: 1_573_691_885_580 }),
    kafkaRecord({ partition: 1, offset: 2, timestampMs: 1_573_691_884_835 }),
  ],
  invocations: 4,
  payload: '{"records":{}}',
  lastResult: { kind: 'functionError', functionError: 'Unhandled', requestId: 'r-1', executedVersion: '7' },
};

test('an on-failure document holds metadata only: offsets and times by partition, no payload (kafka-on-failure)', () => {
  const source = { functionArn, bootstrapServers: ['b:9092'], nowMs: 1_573_691_886_021, requestId: 'own' };
  expect(failureRecord(discard, source)).toEqual({
    requestContext: { requestId: 'r-1', functionArn, condition: 'RetryAttemptsExhausted', approximateInvokeCount: 4 },
    responseContext: { statusCode: 200, executedVersion: '7', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2019-11-14T00:38:06.021Z',
    KafkaBatchInfo: {
      batchSize: 3,
      bootstrapServers: 'b:9092',
      payloadSize: 14,
      recordsInfo: {
        't-0': {
          firstRecordOffset: '7',
          lastRecordOffset: '9',
          firstRecordTimestamp: '2019-11-14T00:38:04.835Z',
          lastRecordTimestamp: '2019-11-14T00:38:05.580Z',
        },
        't-1': {
          firstRecordOffset: '2',
          lastRecordOffset: '2',
          firstRecordTimestamp: '2019-11-14T00:38:04.835Z',
          lastRecordTimestamp: '2019-11-14T00:38:04.835Z',
        },
      },
    },
  });
});

test('what was never invoked has no response (kafka-on-failure: MaximumPayloadSizeExceeded)', () => {
  const tooLarge: Discard = { ...discard, condition: 'MaximumPayloadSizeExceeded', lastResult: null };
  const source = { functionArn, bootstrapServers: [], nowMs: 0, requestId: 'own' };
  expect(failureRecord(tooLarge, source)).toMatchObject({
    requestContext: { requestId: 'own' },
    responseContext: null,
  });
});

test('a queue gets the metadata, a bucket also the whole event (kafka-on-failure)', async () => {
  const sent: { to: string; key?: string; body: string }[] = [];
  const emulator = {
    sendMessage: async (to: string, body: string) => void sent.push({ to, body }),
    putObject: async (to: string, key: string, body: string) => void sent.push({ to, key, body }),
  };
  const settings = { uuid: 'u-1', functionArn, bootstrapServers: ['b:9092'] } as unknown as PollerSettings;
  const clock = { wallMs: () => 1_573_691_886_021 };
  for (const arn of ['arn:aws:sqs:eu-central-1:000000000000:q', 'arn:aws:s3:::bucket']) {
    await createFailureDestination(arn, settings, emulator, clock)(discard);
  }
  const [queue, bucket] = sent;
  expect(JSON.parse(queue?.body ?? '')).not.toHaveProperty('payload');
  expect(JSON.parse(bucket?.body ?? '')).toMatchObject({ payload: '{"records":{}}', version: '1.0' });
  expect(bucket?.key).toMatch(/^aws\/lambda\/u-1\/t-0\/2019\/11\/14\/2019-11-14T00\.38\.06-[0-9a-f-]{36}$/);
});

test("an object's name sorts by day and second", () => {
  expect(failureObjectKey('u', 't-0', Date.UTC(2026, 0, 2, 3, 4, 5), 'x')).toBe(
    'aws/lambda/u/t-0/2026/01/02/2026-01-02T03.04.05-x',
  );
});
