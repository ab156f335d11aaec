import { anAlert, aPage, aSegment } from '@quakewire/testing';
import fc from 'fast-check';
import { homeSegment, nextSegment, orderSegments, pagesByDistance, pagesForSlot, sArrivalMs } from '../index.ts';

const epicentre = anAlert().hypocentre;
const at = (degreesNorth: number) => ({ latitude: epicentre.latitude + degreesNorth, longitude: epicentre.longitude });

test('pages are tried nearest first', () => {
  const segment = aSegment({ pages: [0.3, 0.1, 0.2].map((north) => aPage({ centre: at(north) })) });
  expect(pagesByDistance(segment, epicentre)).toEqual([1, 2, 0]);
});

test('every slot tries every page once, those of its own rank first; slots of different rank begin apart', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 8 }), fc.nat(30), (count, workers, slot) => {
      const nearestFirst = Array.from({ length: count }, (_, page) => page);
      const tried = pagesForSlot(nearestFirst, slot, workers);
      expect([...tried].sort((a, b) => a - b)).toEqual(nearestFirst);
      const own = tried.slice(0, Math.ceil((count - (slot % workers)) / workers));
      expect(own.every((page) => page % workers === slot % workers)).toBe(true);
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }),
  );
});

const untouched = (rank: number) => ({ rank, begunForMs: undefined });
const begun = (rank: number, begunForMs: number) => ({ rank, begunForMs });

test('a worker goes on to the nearest segment that nobody has begun, joins one that takes long, and helps when none is left', () => {
  expect(nextSegment([begun(2, 1_000), begun(3, 4_999), untouched(4), untouched(5)], 0)).toBe(4);
  expect(nextSegment([begun(2, 1_000), begun(3, 5_000), untouched(4)], 0)).toBe(3);
  expect(nextSegment([begun(2, 1_000), begun(3, 1_000)], 0)).toBe(2);
  expect(nextSegment([], 0)).toBeUndefined();
});

test('workers that turn at the same moment begin in order, and help each on another segment', () => {
  const goOn = (untaken: Parameters<typeof nextSegment>[0]) => [0, 1, 2, 3].map((slot) => nextSegment(untaken, slot));
  expect(goOn([begun(2, 9_000), untouched(4), untouched(5)])).toEqual([2, 2, 2, 2]);
  expect(goOn([untouched(4), begun(5, 9_000)])).toEqual([4, 4, 4, 4]);
  expect(goOn([begun(2, 9_000), begun(3, 6_000), begun(4, 0), untouched(5)])).toEqual([2, 3, 2, 3]);
  expect(goOn([begun(2, 0), begun(3, 0), begun(4, 0)])).toEqual([2, 3, 4, 2]);
});

test('so many slots share a segment as may walk it, and the next ones take the next nearest', () => {
  const untaken = [3, 5, 9].map(untouched);
  expect([0, 1, 2, 3, 4, 5, 6].map((slot) => homeSegment(untaken, slot, 2))).toEqual([3, 3, 5, 5, 9, 9, 3]);
  expect(homeSegment([], 4, 2)).toBeUndefined();
});

test('segments are ordered by the S wave’s arrival at their centres', () => {
  const segments = [2, 0.5, 1].map((north, id) => aSegment({ id, centre: at(north) }));
  expect(orderSegments(segments, anAlert())).toEqual([1, 2, 0]);
});

test('an early warning goes first to those whom the S wave has not reached, then to the others', () => {
  const segments = [0.2, 0.5, 1, 2].map((north, id) => aSegment({ id, centre: at(north) }));
  const second = segments[1] ?? aSegment();
  const issuedAtMs = Math.ceil(sArrivalMs(second, anAlert()));
  expect(orderSegments(segments, anAlert({ type: 'earlyWarning', issuedAtMs }))).toEqual([2, 3, 0, 1]);
  expect(orderSegments(segments, anAlert({ type: 'notification', issuedAtMs }))).toEqual([0, 1, 2, 3]);
});
