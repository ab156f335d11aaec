import { type Fate, fateOf } from '../attempt-fate.ts';
import { createHold } from '../lease-time.ts';
import { standingOf } from '../opening-entries.ts';
import { markedEntries } from '../page-entries.ts';
import { usefulForMs } from '../urgency.ts';
import type { HeldPage } from './claim-page.ts';
import { deliver } from './deliver.ts';
import { keepHold, mayNotStart, renewHold } from './keep-hold.ts';
import { answersOf, type Sending, startSending, waitUntil } from './sending.ts';
import type { Worker } from './worker.ts';

/**
 * Sends to everybody on the page who is open, paced; then, round by round, to those who failed for now. Ends when nobody is
 * left, or something forbids to start another call.
 * @param onNearEnd called, perhaps more than once, when it is time to look for the next page.
 * @returns when the last send of the first round has started; `done` resolves when the last call of all has ended.
 */
export async function sendPage(
  worker: Worker,
  held: HeldPage,
  onNearEnd: () => void,
): Promise<{ done: Promise<Sending> }> {
  const sending = await startSending(worker, held);
  const open = held.entries.flatMap(({ outcome }, at) => (outcome === 'open' ? [at] : []));
  const begun = createHold(worker.ports.clock);
  const calls: Promise<void>[] = [];
  for (const [position, at] of open.entries()) {
    if (open.length - position <= worker.lookAhead(position, begun.elapsedMs())) onNearEnd();
    if (!(await startCall(worker, sending, at, calls))) break;
  }
  return { done: sendAgain(worker, sending, calls) };
}

/** The rounds after the first; what is known is written before each. @param calls those of the first round. */
async function sendAgain(worker: Worker, sending: Sending, calls: readonly Promise<void>[]): Promise<Sending> {
  await answersOf(worker, sending, calls);
  while (sending.retries.size > 0 && !sending.stopped) {
    const { held } = sending;
    const known = markedEntries(sending.entries, sending.attempts);
    const isHeld = await renewHold(worker, held, () => worker.ports.ledger.markRetry(held.holding, known));
    if (!isHeld) sending.stopped = 'holdLost';
    const round = [...sending.retries].sort(([, a], [, b]) => a - b);
    const again: Promise<void>[] = [];
    for (const [at, dueMs] of round) {
      await waitUntil(worker, sending, dueMs);
      if (sending.stopped || !(await startCall(worker, sending, at, again))) break;
    }
    await answersOf(worker, sending, again);
  }
  return sending;
}

/** Waits for its turn and makes the call; false when something forbids that. */
async function startCall(worker: Worker, sending: Sending, at: number, calls: Promise<void>[]): Promise<boolean> {
  const { held } = sending;
  await worker.turn();
  const isHeld = await keepHold(worker, held);
  // From here to the provider call nothing is awaited: what was checked still holds when the request is written.
  sending.stopped = isHeld ? mayNotStart(worker, held) : 'holdLost';
  if (sending.stopped) return false;
  sending.retries.delete(at);
  const call = attempt(worker, sending, at).then(({ entry, waitMs }) => {
    sending.entries[at] = entry;
    if (waitMs !== undefined) sending.retries.set(at, worker.ports.clock.monotonicMs() + waitMs);
  });
  worker.track(call);
  calls.push(call);
  return true;
}

/** Never rejects. The provider call is made before the first await. */
async function attempt(worker: Worker, { held, attempts }: Sending, at: number): Promise<Fate> {
  const { storeTime, random } = worker.ports;
  const { resend, view } = held;
  const endpointId = held.entries[at]?.endpointId ?? '';
  const standing = standingOf(held.rows.byId.get(endpointId));
  if (!('endpoint' in standing)) return { entry: { endpointId, ...(resend ? { outcome: 'unknown' } : standing) } };
  const number = (attempts[at] ?? 0) + 1;
  attempts[at] = number;
  const sentAtMs = storeTime();
  const delivery = await deliver(worker, held, standing.endpoint, sentAtMs);
  const answered = { endpointId, delivery, number, sentAtMs, usefulForMs: usefulForMs(view.run, storeTime()), resend };
  return fateOf(answered, random());
}
