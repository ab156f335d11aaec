import { aBulletin, createStepClock } from '@quakewire/testing';
import { createInbox } from './inbox.ts';
import { lead } from './lead.ts';

const silence = { debug() {}, info() {}, warn() {}, error() {} };

test('a leader whose hold ran out for a moment ends and leaves the bulletin to whoever leads next', async () => {
  const clock = createStepClock();
  const inbox = createInbox(clock, 60_000);
  let isHeld = true;
  let hasEnded = false;
  const received: string[] = [];
  const lease = { step: async () => isHeld, isHeld: () => isHeld, release: async () => undefined };
  const receive = async ({ id }: { id: string }) => received.push(id);
  const deps = { lease, inbox, receive, duties: [], clock, logger: silence };
  void lead(deps, new AbortController().signal).then(() => {
    hasEnded = true;
  });
  await clock.advance(100);
  // A frozen process wakes: the hold has run out, nobody took the lease, and the next renewal is granted.
  isHeld = false;
  inbox.put(aBulletin({ id: 'late', receivedAtMs: clock.wallMs() }));
  await clock.advance(0);
  isHeld = true;
  await clock.advance(1_000);
  expect(hasEnded).toBe(true);
  expect(received).toEqual([]);
  expect(await inbox.take(new AbortController().signal)).toMatchObject({ id: 'late' });
});
