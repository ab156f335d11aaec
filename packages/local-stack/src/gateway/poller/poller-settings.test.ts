import { createMapping } from '../mapping.ts';
import { createRequest } from '../testing-support/mapping-request.ts';
import { createMappingSchema } from '../wire/mapping-schemas.ts';
import { pollerSettings } from './poller-settings.ts';

const settings = (given: Record<string, unknown> = {}) =>
  pollerSettings(
    createMapping({
      request: createMappingSchema.parse(createRequest(given)),
      uuid: 'u-1',
      functionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:f:live',
      nowSeconds: 1,
    }),
  );
const errorHandling = {
  MaximumRetryAttempts: 3,
  MaximumRecordAgeInSeconds: 60,
  BisectBatchOnFunctionError: true,
  FunctionResponseTypes: ['ReportBatchItemFailures'],
};
const pollers = { ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 4 } };
const destination = { DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::bucket' } } };

test('the batching window is 500 ms where none was set, and 0 is kept (invocation-eventsourcemapping)', () => {
  expect(settings().windowMs).toBe(500);
  expect(settings({ MaximumBatchingWindowInSeconds: 0 }).windowMs).toBe(0);
  expect(settings({ MaximumBatchingWindowInSeconds: 3 }).windowMs).toBe(3_000);
});

test('error handling controls work in provisioned mode (kafka-scaling-modes)', () => {
  expect(settings({ ...errorHandling, ...pollers })).toMatchObject({
    pollers: { minimum: 2, maximum: 4 },
    partialResponses: true,
    bisect: true,
    maximumRetryAttempts: 3,
    maximumRecordAgeMs: 60_000,
  });
});

test('on demand they are without effect: a failing batch is repeated until its records expire', () => {
  const onDemand = settings(errorHandling);
  expect(onDemand).toMatchObject({
    partialResponses: false,
    bisect: false,
    maximumRetryAttempts: null,
    maximumRecordAgeMs: null,
  });
  expect(onDemand.pollers).toBeUndefined();
});

test('infinite retries with an on-failure destination are ten (kafka-retry-configurations)', () => {
  expect(settings({ ...pollers, ...destination }).maximumRetryAttempts).toBe(10);
  expect(settings({ ...pollers, ...destination, MaximumRetryAttempts: -1 }).maximumRetryAttempts).toBe(10);
  expect(settings(pollers).maximumRetryAttempts).toBeNull();
});

test('the starting timestamp is in seconds on the wire (kafka-starting-positions)', () => {
  const at = { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_745_401_800 };
  expect(settings(at).startingTimestampMs).toBe(1_745_401_800_000);
});
