import fc from 'fast-check';
import { emptiestWindow, mostInWindow } from './windows.ts';

const times = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 }).map((all) => all.sort((a, b) => a - b));
const inWindow = (all: readonly number[], from: number, length: number) =>
  all.filter((time) => time >= from && time < from + length).length;
/** Starts a quarter apart: between whole times there is always one. */
const starts = (from: number, to: number) =>
  Array.from({ length: Math.max(0, (to - from) * 4 + 1) }, (_, i) => from + i / 4);

test('the fullest window is the fullest of all that there are', () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 20 }), (all, length) => {
      const counts = starts(-20, 60).map((from) => inWindow(all, from, length));
      return mostInWindow(all, length) === Math.max(...counts);
    }),
  );
});

test('the emptiest window is the emptiest of all between the two times', () => {
  const range = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 40 }));
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 20 }), range, (all, length, [fromMs, more]) => {
      const toMs = fromMs + more;
      const counts = starts(fromMs, toMs - length).map((from) => inWindow(all, from, length));
      return (
        emptiestWindow(all, length, { fromMs, toMs })?.count === (counts.length === 0 ? undefined : Math.min(...counts))
      );
    }),
  );
});
