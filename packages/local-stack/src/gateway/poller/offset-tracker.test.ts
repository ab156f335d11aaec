import fc from 'fast-check';
import { createOffsetTracker } from './offset-tracker.ts';

test('nothing is committed before something is settled', () => {
  const tracker = createOffsetTracker();
  tracker.received(5);
  expect(tracker.uncommitted()).toBeNull();
});

test('a record that is settled before an earlier one waits for it', () => {
  const tracker = createOffsetTracker();
  for (const offset of [5, 6, 7]) tracker.received(offset);
  tracker.settled(6);
  expect(tracker.uncommitted()).toBe(5);
  tracker.settled(5);
  expect(tracker.uncommitted()).toBe(7);
  tracker.committed(7);
  expect(tracker.uncommitted()).toBeNull();
});

test('whatever the order of settling, only what was processed or disposed of is committed (with-kafka: at least once)', () => {
  const offsets = fc
    .uniqueArray(fc.nat({ max: 500 }), { minLength: 1, maxLength: 30 })
    .map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(offsets, fc.func(fc.nat()), (received, order) => {
      const tracker = createOffsetTracker();
      for (const offset of received) tracker.received(offset);
      const open = new Set(received);
      for (const offset of [...received].sort((a, b) => order(a) - order(b))) {
        tracker.settled(offset);
        open.delete(offset);
        const next = tracker.uncommitted();
        if (next !== null) expect([...open].filter((one) => one < next)).toEqual([]);
      }
      expect(tracker.uncommitted()).toBe((received.at(-1) ?? 0) + 1);
    }),
  );
});
