import { setTimeout as delay } from 'node:timers/promises';

/** Asks until there is an answer. @throws with `what` when the deadline passed. */
export async function waitUntil<T>(
  what: string,
  deadlineMs: number,
  ask: () => Promise<T | undefined>,
  everyMs = 100,
): Promise<T> {
  const until = performance.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > until) throw new Error(`${what}: not within ${deadlineMs / 1000} s`);
    await delay(everyMs);
  }
}
