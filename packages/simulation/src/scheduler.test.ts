import { createSeededRandom } from '@quakewire/testing';
import fc from 'fast-check';
import { createScheduler } from './scheduler.ts';

const limits = { untilMs: 1_000, steps: 1_000 };

test('events come in the order of their time, whatever the order in which they were asked for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 }), fc.nat(), async (times, seed) => {
      const scheduler = createScheduler(createSeededRandom(seed).next);
      const seen: number[] = [];
      for (const dueMs of times) scheduler.at(dueMs, () => void seen.push(scheduler.nowMs()));
      expect(await scheduler.run(() => false, limits)).toBe('nothingScheduled');
      expect(seen).toEqual(times.toSorted((a, b) => a - b));
    }),
  );
});

test('the seed decides between events that are due at the same time', async () => {
  const orders = new Set<string>();
  for (let seed = 0; seed < 20; seed++) {
    const scheduler = createScheduler(createSeededRandom(seed).next);
    const seen: string[] = [];
    for (const name of ['a', 'b', 'c']) scheduler.at(5, () => void seen.push(name));
    await scheduler.run(() => false, limits);
    orders.add(seen.join(''));
  }
  expect(orders.size).toBeGreaterThan(3);
});

test('an event runs to the last of its promises before the next one begins', async () => {
  const scheduler = createScheduler(createSeededRandom(1).next);
  const seen: string[] = [];
  const chain = async (name: string): Promise<void> => {
    for (let step = 0; step < 50; step++) await Promise.resolve();
    seen.push(name);
  };
  scheduler.at(1, () => void chain('first'));
  scheduler.at(1.5, () => void seen.push('second'));
  await scheduler.run(() => false, limits);
  expect(seen).toEqual(['first', 'second']);
});

test('an event that is called off does not happen', async () => {
  const scheduler = createScheduler(createSeededRandom(1).next);
  const called = scheduler.at(1, () => {
    throw new Error('it happened');
  });
  scheduler.cancel(called);
  expect(await scheduler.run(() => false, limits)).toBe('nothingScheduled');
});

test('a simulation ends when it is over, when time is up, and after too many steps', async () => {
  const forever = () => {
    const scheduler = createScheduler(createSeededRandom(1).next);
    const again = (): void => void scheduler.after(10, again);
    again();
    return scheduler;
  };
  const scheduler = forever();
  expect(await scheduler.run(() => scheduler.nowMs() >= 100, limits)).toBe('over');
  expect(await forever().run(() => false, limits)).toBe('timeIsUp');
  expect(await forever().run(() => false, { untilMs: 1_000, steps: 5 })).toBe('tooManySteps');
});

test('what an event throws ends the simulation with it', async () => {
  const scheduler = createScheduler(createSeededRandom(1).next);
  scheduler.at(1, () => {
    throw new Error('broken');
  });
  await expect(scheduler.run(() => false, limits)).rejects.toThrow('broken');
});
