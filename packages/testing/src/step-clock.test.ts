import { createSeededRandom, createStepClock } from './index.ts';

test('time jumps from sleeper to sleeper and keeps their order', async () => {
  const clock = createStepClock(1_000);
  const seen: string[] = [];
  const sleeper = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    seen.push(`${name} ${clock.wallMs()}`);
  };
  await clock.until(Promise.all([sleeper('late', 50), sleeper('soon', 10), sleeper('soon too', 10)]));
  expect(seen).toEqual(['soon 1010', 'soon too 1010', 'late 1050']);
  expect(clock.sleepers()).toBe(0);
});

test('an aborted sleep rejects at once and leaves no sleeper', async () => {
  const clock = createStepClock();
  const stop = new AbortController();
  const sleep = clock.sleep(1_000, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(sleep).rejects.toThrow('stopped');
  expect(clock.sleepers()).toBe(0);
});

test('waiting for what can never happen is an error, not a hang', async () => {
  await expect(createStepClock().until(new Promise(() => {}))).rejects.toThrow('never ends');
});

test('advancing stops exactly at the asked time', async () => {
  const clock = createStepClock(0);
  let woken = false;
  const sleep = clock.sleep(10).then(() => {
    woken = true;
  });
  await clock.advance(9);
  expect([woken, clock.monotonicMs()]).toEqual([false, 9]);
  await clock.advance(1);
  await sleep;
  expect(woken).toBe(true);
});

test('a skewed machine sees another time of day and the same durations', async () => {
  const clock = createStepClock(0);
  const other = clock.skewed(30_000);
  await clock.advance(5);
  expect([other.wallMs(), other.monotonicMs()]).toEqual([30_005, 5]);
});

test('the same seed draws the same numbers, and a fork does not depend on what was drawn before', () => {
  const one = createSeededRandom(7);
  const other = createSeededRandom(7);
  const drawn = Array.from({ length: 5 }, () => one.next());
  expect(Array.from({ length: 5 }, () => other.next())).toEqual(drawn);
  expect(one.fork('a').next()).toBe(createSeededRandom(7).fork('a').next());
  expect(one.fork('a').next()).not.toBe(one.fork('b').next());
});
