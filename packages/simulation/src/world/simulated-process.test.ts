import { createSeededRandom } from '@quakewire/testing';
import type { Fault } from '../faults.ts';
import { createScheduler } from '../scheduler.ts';
import { createSimulatedProcess } from './simulated-process.ts';
import { createStrikes } from './strikes.ts';

const spot = { role: 'consumer', method: 'store.write', nth: 2 } as const;

/** A process that writes three times; what reached the store, and what it heard. */
async function threeWrites(faults: readonly Fault[] = []) {
  const scheduler = createScheduler(createSeededRandom(1).next);
  const deaths: string[] = [];
  const reached: { number: number; atMs: number }[] = [];
  const heard: { number: number; atMs: number; monotonicMs: number; wallMs: number }[] = [];
  const process = createSimulatedProcess({
    ...{ role: 'consumer', number: 0, scheduler, random: createSeededRandom(1), strikes: createStrikes(faults) },
    ...{ offsetMs: 0, storeOffsetMs: 0, trace: undefined, onPause: () => undefined },
    onDeath: (why) => void deaths.push(why),
  });
  const { clock } = process;
  const startMs = clock.wallMs();
  const store = process.reach(
    'store',
    { write: async (number: number) => void reached.push({ number, atMs: scheduler.nowMs() }) },
    (_method, _args, apply) => apply(),
  );
  const act = async (): Promise<void> => {
    for (const number of [1, 2, 3]) {
      await store.write(number);
      heard.push({
        number,
        atMs: scheduler.nowMs(),
        monotonicMs: clock.monotonicMs(),
        wallMs: clock.wallMs() - startMs,
      });
    }
  };
  void act();
  await scheduler.run(() => false, { untilMs: 60_000, steps: 100 });
  return { deaths, reached, heard, numbers: heard.map(({ number }) => number) };
}

test('without faults every request reaches the store and every answer is heard', async () => {
  const { numbers, reached } = await threeWrites();
  expect(numbers).toEqual([1, 2, 3]);
  expect(reached.map(({ number }) => number)).toEqual([1, 2, 3]);
});

test('a process that dies before a call has not made it, one that dies after it has and does not know', async () => {
  const before = await threeWrites([{ kind: 'crash', spot, when: 'before' }]);
  expect([before.numbers, before.reached.length, before.deaths.length]).toEqual([[1], 1, 1]);
  const after = await threeWrites([{ kind: 'crash', spot, when: 'after' }]);
  expect([after.numbers, after.reached.length, after.deaths.length]).toEqual([[1], 2, 1]);
});

test('a frozen process sends when it thaws, or has sent and hears the answer then', async () => {
  const pause = { kind: 'pause', spot, forMs: 5_000, clockStops: false } as const;
  const before = await threeWrites([{ ...pause, when: 'before' }]);
  expect(before.reached[1]?.atMs).toBeGreaterThan(5_000);
  const after = await threeWrites([{ ...pause, when: 'after' }]);
  expect(after.reached[1]?.atMs).toBeLessThan(100);
  expect(after.heard[1]?.atMs).toBeGreaterThan(5_000);
});

test('a stopped monotonic clock does not notice the time that a process was frozen, the time of day does', async () => {
  const { heard } = await threeWrites([{ kind: 'pause', spot, when: 'after', forMs: 5_000, clockStops: true }]);
  expect(heard[1]?.monotonicMs).toBeLessThan(100);
  expect(heard[1]?.wallMs).toBeGreaterThanOrEqual(5_000);
  expect(heard[2]?.monotonicMs).toBeGreaterThan(heard[1]?.monotonicMs ?? 0);
});
