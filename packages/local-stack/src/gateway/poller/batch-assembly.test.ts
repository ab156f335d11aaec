import fc from 'fast-check';
import { type AssemblyRule, assembleBatches, nextWindowMs, type WaitingPartition } from './batch-assembly.ts';

const rule: AssemblyRule = {
  batchSize: 10,
  windowMs: 500,
  maximumBytes: 1_000,
  mixPartitions: false,
  slots: 100,
  nowMs: 1_000,
};
const waiting = (partition: number, count: number, arrivedMs = 900, payloadBytes = 10): WaitingPartition => ({
  partition,
  records: Array.from({ length: count }, () => ({ arrivedMs, payloadBytes })),
});

describe('batches, as invocation-eventsourcemapping describes them', () => {
  test('a batch that is not full waits for the batching window', () => {
    expect(assembleBatches([waiting(0, 3)], rule)).toEqual([]);
    expect(nextWindowMs([waiting(0, 3)], rule)).toBe(400);
    expect(assembleBatches([waiting(0, 3)], { ...rule, nowMs: 1_400 })).toEqual([[{ partition: 0, count: 3 }]]);
  });

  test('a full batch leaves at once', () => {
    expect(assembleBatches([waiting(0, 12)], rule)).toEqual([[{ partition: 0, count: 10 }]]);
  });

  test('a batch that reaches the payload limit leaves at once', () => {
    expect(assembleBatches([waiting(0, 3, 900, 400)], rule)).toEqual([[{ partition: 0, count: 2 }]]);
  });

  test('with a window of 0 nothing waits', () => {
    expect(assembleBatches([waiting(0, 1, 1_000)], { ...rule, windowMs: 0 })).toEqual([[{ partition: 0, count: 1 }]]);
  });

  test('a record above the limit of its own goes alone', () => {
    const big = waiting(0, 1, 900, 5_000);
    const both = { ...big, records: [...big.records, ...waiting(0, 1).records] };
    expect(assembleBatches([both], rule)).toEqual([[{ partition: 0, count: 1 }]]);
  });
});

describe('several partitions in one event (with-kafka-configure)', () => {
  test('on demand, a batch takes from several partitions', () => {
    const cuts = assembleBatches([waiting(0, 4, 400), waiting(1, 4)], { ...rule, mixPartitions: true });
    expect(cuts).toEqual([
      [
        { partition: 0, count: 4 },
        { partition: 1, count: 4 },
      ],
    ]);
  });

  test('with batch size 1 each partition has an invocation of its own', () => {
    const cuts = assembleBatches([waiting(0, 4), waiting(1, 4)], { ...rule, mixPartitions: true, batchSize: 1 });
    expect(cuts).toEqual([[{ partition: 0, count: 1 }], [{ partition: 1, count: 1 }]]);
  });
});

test('the partition that has waited longest goes first when pollers are short (kafka-scaling-modes)', () => {
  const cuts = assembleBatches([waiting(0, 10, 950), waiting(1, 10, 800)], { ...rule, slots: 1 });
  expect(cuts).toEqual([[{ partition: 1, count: 10 }]]);
});

test('no batch is above its size or the limit, none is empty, and no partition is in two', () => {
  const arbitraryPartitions = fc.uniqueArray(fc.nat({ max: 20 }), { maxLength: 8 }).chain((partitions) =>
    fc.tuple(
      ...partitions.map((partition) =>
        fc
          .array(fc.record({ arrivedMs: fc.nat({ max: 1_000 }), payloadBytes: fc.integer({ min: 1, max: 1_200 }) }), {
            maxLength: 30,
          })
          .map((records) => ({ partition, records: records.sort((a, b) => a.arrivedMs - b.arrivedMs) })),
      ),
    ),
  );
  const arbitraryRule = fc.record({
    batchSize: fc.integer({ min: 1, max: 25 }),
    windowMs: fc.constantFrom(0, 100, 500),
    maximumBytes: fc.constant(1_000),
    mixPartitions: fc.boolean(),
    slots: fc.nat({ max: 9 }),
    nowMs: fc.constant(1_000),
  });
  fc.assert(
    fc.property(arbitraryPartitions, arbitraryRule, (partitions, given) => {
      const cuts = assembleBatches(partitions, given);
      const used = cuts.flat().map(({ partition }) => partition);
      expect(new Set(used).size).toBe(used.length);
      expect(cuts.length).toBeLessThanOrEqual(given.slots);
      for (const cut of cuts) {
        const records = cut.flatMap(({ partition, count }) =>
          (partitions.find((one) => one.partition === partition)?.records ?? []).slice(0, count),
        );
        expect(records.length).toBe(cut.reduce((sum, { count }) => sum + count, 0));
        expect(records.length).toBeGreaterThan(0);
        expect(records.length).toBeLessThanOrEqual(given.batchSize);
        const bytes = records.reduce((sum, { payloadBytes }) => sum + payloadBytes, 0);
        if (records.length > 1) expect(bytes).toBeLessThanOrEqual(given.maximumBytes);
      }
    }),
  );
});
