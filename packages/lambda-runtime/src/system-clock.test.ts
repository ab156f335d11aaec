import { systemClock } from './system-clock.ts';

test('a sleep ends by itself', async () => {
  const { signal } = new AbortController();
  await expect(systemClock.sleep(1, signal)).resolves.toBeUndefined();
});

test('an aborted sleep ends at once with the reason that was given', async () => {
  const abort = new AbortController();
  const sleeping = systemClock.sleep(3_600_000, abort.signal);
  abort.abort('enough');
  await expect(sleeping).rejects.toBe('enough');
});

test('nobody sleeps with a signal that is aborted already', async () => {
  await expect(systemClock.sleep(3_600_000, AbortSignal.abort('too late'))).rejects.toBe('too late');
});
