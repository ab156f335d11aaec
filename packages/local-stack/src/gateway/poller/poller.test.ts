import type { Logger } from '@quakewire/core';
import { createStepClock } from '@quakewire/testing';
import { createFakeFeed } from '../testing-support/fake-feed.ts';
import { answered, type Call, crashed, createFakeInvoker, throttled } from '../testing-support/fake-invoker.ts';
import { kafkaRecord, kafkaRecords, positions } from '../testing-support/kafka-records.ts';
import { createBatchRunner } from './batch-runner.ts';
import type { Discard } from './failure-record.ts';
import type { InvocationResult } from './invocation.ts';
import { createPoller } from './poller.ts';
import type { PollerSettings } from './poller-settings.ts';

const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {} };
const onDemand: PollerSettings = {
  uuid: 'u-1',
  functionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:f:live',
  topic: 't',
  consumerGroupId: 'g',
  bootstrapServers: ['b:9092'],
  startingPosition: 'TRIM_HORIZON',
  startingTimestampMs: 0,
  batchSize: 1,
  windowMs: 0,
  partialResponses: false,
  bisect: false,
  maximumRetryAttempts: null,
  maximumRecordAgeMs: null,
};
const provisioned: Partial<PollerSettings> = { pollers: { minimum: 1, maximum: 2 } };

/** A poller on virtual time; `behave` ends each call at once, without it the test does. */
async function setUp(given: Partial<PollerSettings> = {}, behave?: (call: Call) => InvocationResult) {
  const clock = createStepClock();
  const kafka = createFakeFeed();
  const invoker = createFakeInvoker(behave);
  const discards: Discard[] = [];
  const results: string[] = [];
  const problems: string[] = [];
  const settings = { ...onDemand, ...given };
  const poller = createPoller({
    settings,
    clock,
    logger: quiet,
    feed: kafka.feed,
    createRunner: (parts) =>
      createBatchRunner({
        ...parts,
        settings,
        clock,
        logger: quiet,
        invoke: invoker.invoke,
        failureDestination: async (discard) => void discards.push(discard),
        onResult: (result) => void results.push(result),
      }),
    onFeedProblem: (error) => void problems.push(error.message),
  });
  await poller.start();
  const deliver = async (records: Parameters<typeof kafka.deliver>[0]) => {
    kafka.deliver(records);
    await clock.advance(0);
  };
  const calls = () => invoker.calls.map((call) => call.positions);
  return { clock, kafka, invoker, poller, deliver, calls, discards, results, problems };
}

describe('one invocation in flight a partition (kafka-scaling-modes)', () => {
  test('the next record of a partition waits for the one before, other partitions do not', async () => {
    const { deliver, calls, invoker, clock } = await setUp();
    await deliver([...kafkaRecords(0, [0, 1]), ...kafkaRecords(1, [0, 1])]);
    expect(calls()).toEqual([['0:0'], ['1:0']]);
    invoker.calls[1]?.answer(answered());
    await clock.advance(0);
    expect(calls()).toEqual([['0:0'], ['1:0'], ['1:1']]);
  });

  test('a slow partition does not hold up hundreds of records of the others', async () => {
    const { deliver, invoker, calls } = await setUp({}, undefined);
    await deliver(kafkaRecords(0, [0]));
    for (let offset = 0; offset < 200; offset += 1) {
      await deliver(kafkaRecords(1, [offset]));
      invoker.calls.at(-1)?.answer(answered());
    }
    expect(calls()).toHaveLength(201);
  });
});

describe('batches (invocation-eventsourcemapping)', () => {
  test('a batch waits for its window, then goes with what there is', async () => {
    const { deliver, calls, clock } = await setUp({ batchSize: 10, windowMs: 500 }, () => answered());
    await deliver(kafkaRecords(0, [0]));
    await clock.advance(300);
    await deliver(kafkaRecords(0, [1]));
    await clock.advance(199);
    expect(calls()).toEqual([]);
    await clock.advance(1);
    expect(calls()).toEqual([['0:0', '0:1']]);
  });

  test('on demand one event holds records of several partitions (with-kafka-configure)', async () => {
    const { deliver, calls } = await setUp({ batchSize: 100 }, () => answered());
    await deliver([...kafkaRecords(0, [0]), ...kafkaRecords(1, [0, 1])]);
    expect(calls()).toEqual([['0:0', '1:0', '1:1']]);
  });

  test('provisioned pollers invoke a partition at a time', async () => {
    const { deliver, calls } = await setUp({ ...provisioned, batchSize: 100 }, () => answered());
    await deliver([...kafkaRecords(0, [0]), ...kafkaRecords(1, [0, 1])]);
    expect(calls()).toEqual([['0:0'], ['1:0', '1:1']]);
  });
});

describe('offsets (with-kafka: at least once)', () => {
  test('are committed after the answer, never before', async () => {
    const { deliver, kafka, invoker, clock } = await setUp();
    await deliver(kafkaRecords(0, [4]));
    expect(kafka.committed.size).toBe(0);
    invoker.calls[0]?.answer(answered());
    await clock.advance(0);
    expect(kafka.committed.get(0)).toBe(5);
  });

  test('a record that is read again after a re-join is not invoked again', async () => {
    const { deliver, calls, kafka, clock } = await setUp({}, () => answered());
    await deliver(kafkaRecords(0, [0, 1]));
    kafka.lose(2);
    await clock.advance(1_000);
    await deliver(kafkaRecords(0, [0, 1, 2]));
    expect(calls()).toEqual([['0:0'], ['0:1'], ['0:2']]);
  });

  test('what was settled while Kafka was away is committed when it is back', async () => {
    const { deliver, kafka, invoker, clock, problems } = await setUp();
    await deliver(kafkaRecords(0, [0]));
    kafka.lose(1);
    invoker.calls[0]?.answer(answered());
    await clock.advance(50);
    expect(kafka.committed.get(0)).toBeUndefined();
    await clock.advance(1_000);
    expect(kafka.committed.get(0)).toBe(1);
    expect(problems).toEqual(['connection lost', 'no broker']);
  });
});

describe('a failing batch', () => {
  test('on demand it blocks its partition and is repeated until Kafka has expired it (invocation-eventsourcemapping)', async () => {
    const { deliver, calls, kafka, clock } = await setUp({}, ({ positions: [first] }) =>
      first === '0:0' ? crashed : answered(),
    );
    await deliver([...kafkaRecords(0, [0, 1]), ...kafkaRecords(1, [0])]);
    await clock.advance(60_000);
    const attempts = calls().filter(([first]) => first === '0:0').length;
    expect(attempts).toBeGreaterThan(10);
    expect(calls()).not.toContainEqual(['0:1']);
    expect(kafka.committed.get(1)).toBe(1);

    kafka.earliest.set(0, 1);
    await clock.advance(5_000);
    expect(calls().at(-1)).toEqual(['0:1']);
    expect(kafka.committed.get(0)).toBe(2);
  });

  test('with a quota it is given up and the partition goes on (kafka-retry-configurations)', async () => {
    const { deliver, calls, discards, kafka, clock } = await setUp(
      { ...provisioned, maximumRetryAttempts: 2 },
      ({ positions: [first] }) => (first === '0:0' ? crashed : answered()),
    );
    await deliver(kafkaRecords(0, [0, 1]));
    await clock.advance(10_000);
    expect(calls()).toEqual([['0:0'], ['0:0'], ['0:0'], ['0:1']]);
    expect(discards).toMatchObject([{ condition: 'RetryAttemptsExhausted', invocations: 3 }]);
    expect(kafka.committed.get(0)).toBe(2);
  });

  test('splitting isolates the poison record, the others are processed once more at most (kafka-retry-configurations)', async () => {
    const { deliver, discards, kafka, clock } = await setUp(
      { ...provisioned, batchSize: 8, bisect: true, maximumRetryAttempts: 0 },
      (call) => (call.positions.includes('0:5') ? crashed : answered()),
    );
    await deliver(kafkaRecords(0, [0, 1, 2, 3, 4, 5, 6, 7]));
    await clock.advance(10_000);
    expect(discards.map(({ records }) => positions(records))).toEqual([['0:5']]);
    expect(kafka.committed.get(0)).toBe(8);
  });

  test('partial answers repeat only what failed, and the offset waits for it (kafka-retry-configurations)', async () => {
    const failures = { batchItemFailures: [{ itemIdentifier: { partition: 't-0', offset: 1 } }] };
    const { deliver, calls, kafka, clock } = await setUp(
      { ...provisioned, batchSize: 3, partialResponses: true, maximumRetryAttempts: 5 },
      (call) => answered(call.positions.length === 3 ? failures : null),
    );
    await deliver(kafkaRecords(0, [0, 1, 2]));
    expect(kafka.committed.get(0)).toBe(1);
    await clock.advance(200);
    expect(calls()).toEqual([['0:0', '0:1', '0:2'], ['0:1']]);
    expect(kafka.committed.get(0)).toBe(3);
  });

  test('records above the maximum age are given up without a call (kafka-retry-configurations)', async () => {
    const { deliver, calls, discards, clock } = await setUp({ ...provisioned, maximumRecordAgeMs: 60_000 }, () =>
      answered(),
    );
    const old = kafkaRecord({ offset: 0, timestampMs: clock.wallMs() - 60_001 });
    await deliver([old, kafkaRecord({ offset: 1, timestampMs: clock.wallMs() })]);
    expect(calls()).toEqual([['0:1']]);
    expect(discards).toMatchObject([{ condition: 'RecordAgeExceeded', invocations: 0 }]);
  });

  test('a record above 6 MB is given up without a call (kafka-on-failure)', async () => {
    const { deliver, calls, discards, kafka } = await setUp({}, () => answered());
    await deliver([kafkaRecord({ value: Buffer.alloc(5 * 1024 * 1024) }), kafkaRecord({ offset: 1 })]);
    expect(calls()).toEqual([['0:1']]);
    expect(discards).toMatchObject([{ condition: 'MaximumPayloadSizeExceeded' }]);
    expect(kafka.committed.get(0)).toBe(2);
  });
});

describe('a call that is repeated', () => {
  test.each([
    ['a throttle (429, reserved concurrency) costs nothing of the quota', throttled, 'PROBLEM: Function throttled'],
    ['a worker process that died is repeated within the quota', crashed, 'PROBLEM: Function call failed'],
  ])('%s (invocation-eventsourcemapping)', async (_what, bad, result) => {
    let failures = bad === throttled ? 20 : 2;
    const { deliver, kafka, clock, discards, results } = await setUp({ ...provisioned, maximumRetryAttempts: 2 }, () =>
      failures-- > 0 ? bad : answered(),
    );
    await deliver(kafkaRecords(0, [0]));
    await clock.advance(120_000);
    expect(kafka.committed.get(0)).toBe(1);
    expect(discards).toEqual([]);
    expect([results[0], results.at(-1)]).toEqual([result, 'OK']);
  });
});

describe('event pollers (kafka-scaling-modes)', () => {
  test('start at the minimum, five partitions each, and rise to the maximum when there is work', async () => {
    const { deliver, invoker, clock } = await setUp(provisioned);
    await deliver([...Array(12).keys()].flatMap((partition) => kafkaRecords(partition, [0])));
    expect(invoker.mostInFlight()).toBe(5);
    await clock.advance(20_000);
    expect(invoker.mostInFlight()).toBe(10);
  });

  test('on demand each partition runs beside the others with batch size 1', async () => {
    const { deliver, invoker } = await setUp();
    await deliver([...Array(40).keys()].flatMap((partition) => kafkaRecords(partition, [0])));
    expect(invoker.mostInFlight()).toBe(40);
  });
});

describe('stopping (kafka-starting-positions: polling stops while an update is applied)', () => {
  test('waits for the running invocation, starts no other, commits and leaves the group', async () => {
    const { deliver, invoker, calls, poller, kafka, clock } = await setUp();
    await deliver(kafkaRecords(0, [0, 1]));
    const stopped = poller.stop(10_000);
    await clock.advance(1_000);
    invoker.calls[0]?.answer(answered());
    await stopped;
    expect(calls()).toEqual([['0:0']]);
    expect(kafka.committed.get(0)).toBe(1);
    expect([kafka.isOpen(), clock.sleepers()]).toEqual([false, 0]);
  });

  test('an invocation that outlasts the grace is cut off and its record is read again', async () => {
    const { deliver, poller, kafka, clock } = await setUp();
    await deliver(kafkaRecords(0, [0]));
    await clock.until(poller.stop(10_000));
    expect(clock.monotonicMs()).toBe(10_000);
    expect(kafka.committed.get(0)).toBeUndefined();
  });

  test('a batch between two attempts is left for the next poller', async () => {
    const { deliver, poller, kafka, clock } = await setUp({}, () => crashed);
    await deliver(kafkaRecords(0, [0]));
    await clock.until(poller.stop(10_000));
    expect(clock.monotonicMs()).toBe(0);
    expect(kafka.committed.size).toBe(0);
  });
});

test('a long backlog of one partition is not read further until half of it is gone', async () => {
  const { deliver, invoker, kafka, clock } = await setUp();
  await deliver(kafkaRecords(0, [...Array(1_001).keys()]));
  expect([...kafka.held]).toEqual([0]);
  for (let done = 0; done < 501; done += 1) {
    invoker.calls.at(-1)?.answer(answered());
    await clock.advance(0);
  }
  expect([...kafka.held]).toEqual([]);
});
