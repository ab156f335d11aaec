import fc from 'fast-check';
import { activePartitionsOf, assignPartitions, rouletteStart } from './topic-roulette.ts';

const spreads = fc.record({
  count: fc.integer({ min: 0, max: 400 }),
  activePartitions: fc.integer({ min: 1, max: 120 }),
  livePartitions: fc.integer({ min: 1, max: 200 }),
  start: fc.integer({ min: 0, max: 2 ** 32 }),
});

describe('topic roulette', () => {
  it('gives the fullest partition at most one wake-up more than the emptiest', () => {
    fc.assert(
      fc.property(spreads, (spread) => {
        const active = activePartitionsOf(spread.activePartitions, spread.livePartitions);
        const filled = new Map(active.map((partition) => [partition, 0]));
        for (const partition of assignPartitions(spread)) filled.set(partition, (filled.get(partition) ?? 0) + 1);
        const counts = [...filled.values()];
        expect(filled.size).toBe(active.length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('uses only partitions that exist, each active one once, evenly spread', () => {
    fc.assert(
      fc.property(spreads, ({ activePartitions, livePartitions }) => {
        const active = activePartitionsOf(activePartitions, livePartitions);
        expect(new Set(active).size).toBe(Math.min(activePartitions, livePartitions));
        const gaps = active.map((partition, index) => (active[index + 1] ?? livePartitions) - partition);
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('walks on from the start, so that the nearest segment is not always on the same partition', () => {
    expect(assignPartitions({ count: 5, activePartitions: 4, livePartitions: 10, start: 3 })).toEqual([7, 0, 2, 5, 7]);
  });

  it('starts consecutive alerts at different partitions, of one earthquake or of two', () => {
    const alerts = fc.record({
      earthquakeId: fc.string({ minLength: 1, maxLength: 64 }),
      seq: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(alerts, alerts, fc.integer({ min: 2, max: 200 }), (first, second, active) => {
        const start = rouletteStart(first, active);
        expect(rouletteStart({ ...first, seq: first.seq + 1 }, active)).not.toBe(start);
        expect(rouletteStart(second, active, start)).not.toBe(start);
        expect(rouletteStart(first, active)).toBe(start);
      }),
    );
  });

  it('refuses a topic without partitions', () => {
    expect(() => assignPartitions({ count: 1, activePartitions: 2, livePartitions: 0, start: 0 })).toThrow(
      'no partition',
    );
  });
});
