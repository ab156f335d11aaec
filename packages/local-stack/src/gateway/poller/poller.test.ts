import { answered, crashed } from '../testing-support/fake-invoker.ts';
import { kafkaRecord, kafkaRecords } from '../testing-support/kafka-records.ts';
import { provisioned, startPollerFixture } from '../testing-support/poller-fixture.ts';

describe('one invocation in flight a partition (kafka-scaling-modes)', () => {
  test('the next record of a partition waits for the one before, other partitions do not', async () => {
    const { deliver, calls, invoker, clock } = await startPollerFixture();
    await deliver([...kafkaRecords(0, [0, 1]), ...kafkaRecords(1, [0, 1])]);
    expect(calls()).toEqual([['0:0'], ['1:0']]);
    invoker.calls[1]?.answer(answered());
    await clock.advance(0);
    expect(calls()).toEqual([['0:0'], ['1:0'], ['1:1']]);
  });

  test('a slow partition does not hold up hundreds of records of the others', async () => {
    const { deliver, invoker, calls } = await startPollerFixture({}, undefined);
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
    const { deliver, calls, clock } = await startPollerFixture({ batchSize: 10, windowMs: 500 }, () => answered());
    await deliver(kafkaRecords(0, [0]));
    await clock.advance(300);
    await deliver(kafkaRecords(0, [1]));
    await clock.advance(199);
    expect(calls()).toEqual([]);
    await clock.advance(1);
    expect(calls()).toEqual([['0:0', '0:1']]);
  });

  test('on demand one event holds records of several partitions (with-kafka-configure)', async () => {
    const { deliver, calls } = await startPollerFixture({ batchSize: 100 }, () => answered());
    await deliver([...kafkaRecords(0, [0]), ...kafkaRecords(1, [0, 1])]);
    expect(calls()).toEqual([['0:0', '1:0', '1:1']]);
  });

  test('provisioned pollers invoke a partition at a time', async () => {
    const { deliver, calls } = await startPollerFixture({ ...provisioned, batchSize: 100 }, () => answered());
    await deliver([...kafkaRecords(0, [0]), ...kafkaRecords(1, [0, 1])]);
    expect(calls()).toEqual([['0:0'], ['1:0', '1:1']]);
  });
});

describe('offsets (with-kafka: at least once)', () => {
  test('are committed after the answer, never before', async () => {
    const { deliver, kafka, invoker, clock } = await startPollerFixture();
    await deliver(kafkaRecords(0, [4]));
    expect(kafka.committed.size).toBe(0);
    invoker.calls[0]?.answer(answered());
    await clock.advance(0);
    expect(kafka.committed.get(0)).toBe(5);
  });

  test('a record that is read again after a re-join is not invoked again', async () => {
    const { deliver, calls, kafka, clock } = await startPollerFixture({}, () => answered());
    await deliver(kafkaRecords(0, [0, 1]));
    kafka.lose(2);
    await clock.advance(1_000);
    await deliver(kafkaRecords(0, [0, 1, 2]));
    expect(calls()).toEqual([['0:0'], ['0:1'], ['0:2']]);
  });

  test('what was settled while Kafka was away is committed when it is back', async () => {
    const { deliver, kafka, invoker, clock, problems } = await startPollerFixture();
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

describe('event pollers (kafka-scaling-modes)', () => {
  test('start at the minimum, five partitions each, and rise to the maximum when there is work', async () => {
    const { deliver, invoker, clock } = await startPollerFixture(provisioned);
    await deliver([...Array(12).keys()].flatMap((partition) => kafkaRecords(partition, [0])));
    expect(invoker.mostInFlight()).toBe(5);
    await clock.advance(20_000);
    expect(invoker.mostInFlight()).toBe(10);
  });

  test('on demand each partition runs beside the others with batch size 1', async () => {
    const { deliver, invoker } = await startPollerFixture();
    await deliver([...Array(40).keys()].flatMap((partition) => kafkaRecords(partition, [0])));
    expect(invoker.mostInFlight()).toBe(40);
  });
});

describe('stopping (kafka-starting-positions: polling stops while an update is applied)', () => {
  test('waits for the running invocation, starts no other, commits and leaves the group', async () => {
    const { deliver, invoker, calls, poller, kafka, clock } = await startPollerFixture();
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
    const { deliver, poller, kafka, clock } = await startPollerFixture();
    await deliver(kafkaRecords(0, [0]));
    await clock.until(poller.stop(10_000));
    expect(clock.monotonicMs()).toBe(10_000);
    expect(kafka.committed.get(0)).toBeUndefined();
  });

  test('a batch between two attempts is left for the next poller', async () => {
    const { deliver, poller, kafka, clock } = await startPollerFixture({}, () => crashed);
    await deliver(kafkaRecords(0, [0]));
    await clock.until(poller.stop(10_000));
    expect(clock.monotonicMs()).toBe(0);
    expect(kafka.committed.size).toBe(0);
  });
});

describe('a long backlog of one partition is not read further until half of it is gone', () => {
  test('counted in records', async () => {
    const { deliver, invoker, kafka, clock } = await startPollerFixture();
    await deliver(kafkaRecords(0, [...Array(1_001).keys()]));
    const process = async (records: number) => {
      for (let done = 0; done < records; done += 1) {
        invoker.calls.at(-1)?.answer(answered());
        await clock.advance(0);
      }
    };
    await process(500);
    expect([...kafka.held]).toEqual([0]);
    await process(1);
    expect([...kafka.held]).toEqual([]);
  });

  test('counted in bytes', async () => {
    const { deliver, kafka } = await startPollerFixture();
    const large = (offset: number) => kafkaRecord({ offset, value: Buffer.alloc(4 * 1024 * 1024) });
    await deliver([0, 1, 2].map(large));
    expect([...kafka.held]).toEqual([]);
    await deliver([large(3)]);
    expect([...kafka.held]).toEqual([0]);
  });
});
