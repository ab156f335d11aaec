import { createStepClock } from '@quakewire/testing';
import { type Clock, createHold, createLeaseWatch, createSighting } from '../index.ts';

/** A machine whose two clocks can be moved apart. */
function twoClocks(): Clock & { monotonic: number; wall: number } {
  return {
    monotonic: 0,
    wall: 1_000_000,
    monotonicMs() {
      return this.monotonic;
    },
    wallMs() {
      return this.wall;
    },
    sleep: () => Promise.resolve(),
  };
}

test('a holder whose monotonic clock stood still while it was frozen knows by the wall clock that its hold is over', () => {
  const clock = twoClocks();
  const hold = createHold(clock);
  clock.wall += 20_000;
  expect(hold.elapsedMs()).toBe(20_000);
});

test('a wall clock that jumps back does not prolong a hold', () => {
  const clock = twoClocks();
  const hold = createHold(clock);
  clock.monotonic += 9_000;
  clock.wall -= 3_600_000;
  expect(hold.elapsedMs()).toBe(9_000);
});

test('a wall clock that jumps ahead does not make a taker early', () => {
  const clock = twoClocks();
  const sighting = createSighting(clock);
  clock.monotonic += 1_000;
  clock.wall += 3_600_000;
  expect(sighting.elapsedMs()).toBe(1_000);
});

test('a lease is watched from the first answer that showed this version; any change begins anew', async () => {
  const clock = createStepClock();
  const watch = createLeaseWatch(clock);
  expect(watch.unchangedMs('page', '1/0/a')).toBe(0);
  await clock.advance(7_000);
  expect(watch.unchangedMs('page', '1/0/a')).toBe(7_000);
  expect(watch.unchangedMs('other', '1/0/a')).toBe(0);
  expect(watch.unchangedMs('page', '1/1/a')).toBe(0);
  await clock.advance(500);
  expect(watch.unchangedMs('page', '1/1/a')).toBe(500);
});
