import { answered, crashed, throttled } from '../testing-support/fake-invoker.ts';
import { kafkaRecord, kafkaRecords, positions } from '../testing-support/kafka-records.ts';
import { provisioned, startPollerFixture } from '../testing-support/poller-fixture.ts';

describe('a failing batch', () => {
  test('on demand it blocks its partition and is repeated until Kafka has expired it (invocation-eventsourcemapping)', async () => {
    const { deliver, calls, kafka, clock } = await startPollerFixture({}, ({ positions: [first] }) =>
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
    const { deliver, calls, discards, kafka, clock } = await startPollerFixture(
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
    const { deliver, discards, kafka, clock } = await startPollerFixture(
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
    const { deliver, calls, kafka, clock } = await startPollerFixture(
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
    const { deliver, calls, discards, clock } = await startPollerFixture(
      { ...provisioned, maximumRecordAgeMs: 60_000 },
      () => answered(),
    );
    const old = kafkaRecord({ offset: 0, timestampMs: clock.wallMs() - 60_001 });
    await deliver([old, kafkaRecord({ offset: 1, timestampMs: clock.wallMs() })]);
    expect(calls()).toEqual([['0:1']]);
    expect(discards).toMatchObject([{ condition: 'RecordAgeExceeded', invocations: 0 }]);
  });

  test('a record above 6 MB is given up without a call (kafka-on-failure)', async () => {
    const { deliver, calls, discards, kafka } = await startPollerFixture({}, () => answered());
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
    const { deliver, kafka, clock, discards, results } = await startPollerFixture(
      { ...provisioned, maximumRetryAttempts: 2 },
      () => (failures-- > 0 ? bad : answered()),
    );
    await deliver(kafkaRecords(0, [0]));
    await clock.advance(120_000);
    expect(kafka.committed.get(0)).toBe(1);
    expect(discards).toEqual([]);
    expect([results[0], results.at(-1)]).toEqual([result, 'OK']);
  });
});
