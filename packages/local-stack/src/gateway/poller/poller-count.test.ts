import fc from 'fast-check';
import { wantedPollers } from './poller-count.ts';

describe('event pollers in provisioned mode (kafka-scaling-modes)', () => {
  test('one poller carries five partitions at once', () => {
    const range = { minimum: 1, maximum: 100 };
    expect(wantedPollers(range, { busyPartitions: 5, partitions: 50 })).toBe(1);
    expect(wantedPollers(range, { busyPartitions: 11, partitions: 50 })).toBe(3);
  });

  test('there are never more pollers than partitions', () => {
    expect(wantedPollers({ minimum: 4, maximum: 9 }, { busyPartitions: 2, partitions: 2 })).toBe(2);
  });

  test('minimum and maximum hold whatever the load', () => {
    const range = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.nat({ max: 100 }));
    fc.assert(
      fc.property(range, fc.nat({ max: 5_000 }), ([minimum, more], busyPartitions) => {
        const pollers = wantedPollers({ minimum, maximum: minimum + more }, { busyPartitions, partitions: 10_000 });
        expect(pollers).toBeGreaterThanOrEqual(minimum);
        expect(pollers).toBeLessThanOrEqual(minimum + more);
      }),
    );
  });
});
