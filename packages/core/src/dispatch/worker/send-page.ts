import type { Delivery, Notification } from '../../channel/channel.ts';
import type { Endpoint } from '../../endpoint.ts';
import type { Clock } from '../../runtime/clock.ts';
import { deliveredEntry } from '../delivered-entry.ts';
import { createHold } from '../lease-time.ts';
import type { Entry } from '../ledger.ts';
import { isExpired, startBoundMs } from '../urgency.ts';
import type { HeldPage } from './claim-page.ts';
import type { Worker } from './worker.ts';

/** What became of a page by the time its last call ended. */
export interface SentPage {
  held: HeldPage;
  entries: readonly Entry[];
  /** Positions of the endpoints that a call was made for. */
  called: readonly number[];
  /** Why sending ended early; undefined when everybody had a call. */
  stopped?: StopReason;
}

export type StopReason = 'holdLost' | 'slotLost' | 'timeIsUp' | 'failed' | 'superseded' | 'expired';

/** A renewal is begun this long before the last instant at which a send may start. */
const beatMarginMs = 1_000;
/** A channel that does not answer its own abort gets this long before the call counts as unanswered. */
const abortGraceMs = 100;

/**
 * Sends to everybody on the page who is open, paced, until all had their call or something forbids to start another.
 * @param onNearEnd called, perhaps more than once, when it is time to look for the next page.
 * @returns when the last send has started; `done` resolves when the last call has ended.
 */
export async function sendPage(
  worker: Worker,
  held: HeldPage,
  onNearEnd: () => void,
): Promise<{ done: Promise<SentPage> }> {
  const entries = [...held.entries];
  const calls: Promise<void>[] = [];
  const called: number[] = [];
  const open = entries.flatMap(({ outcome }, at) => (outcome === 'open' ? [at] : []));
  const begun = createHold(worker.ports.clock);
  let stopped: StopReason | undefined;
  for (const [position, at] of open.entries()) {
    if (open.length - position <= worker.lookAhead(position, begun.elapsedMs())) onNearEnd();
    await worker.turn();
    const isHeld = await keepHold(worker, held);
    // From here to the provider call nothing is awaited: what was checked still holds when the request is written.
    stopped = isHeld ? mayNotStart(worker, held) : 'holdLost';
    if (stopped) break;
    called.push(at);
    const call = send(worker, held, entries[at]?.endpointId ?? '').then((entry) => {
      entries[at] = entry;
    });
    worker.track(call);
    calls.push(call);
  }
  const done = Promise.all(calls).then(() => ({ held, entries, called, ...(stopped ? { stopped } : {}) }));
  return { done };
}

function mayNotStart(worker: Worker, { hold, view }: HeldPage): StopReason | undefined {
  if (hold.elapsedMs() >= startBoundMs(view.run.durations)) return 'holdLost';
  if (worker.openRuns.isSuperseded(view.key)) return 'superseded';
  if (isExpired(view.run, worker.ports.storeTime())) return 'expired';
  return worker.stopped();
}

/**
 * Renews the hold when it nears its end; false when the page is another's by now, or that cannot be known. A hold that has
 * run out is not renewed, though the page may still be mine: its rows are as old, and somebody may have opted out since.
 */
async function keepHold(worker: Worker, held: HeldPage): Promise<boolean> {
  const boundMs = startBoundMs(held.view.run.durations);
  const elapsedMs = held.hold.elapsedMs();
  if (elapsedMs < boundMs - beatMarginMs) return true;
  if (elapsedMs >= boundMs) return false;
  const issued = createHold(worker.ports.clock);
  try {
    const beat = await worker.ports.ledger.beat(held.holding);
    if (beat.applied) held.hold = issued;
    return beat.applied;
  } catch (error) {
    worker.fail(error);
    return false;
  }
}

/** Never rejects. The provider call is made before the first await. */
async function send(worker: Worker, held: HeldPage, endpointId: string): Promise<Entry> {
  const sentAtMs = worker.ports.storeTime();
  const endpoint = held.endpoints.get(endpointId);
  const prepared = endpoint ? prepare(worker, held, endpoint, sentAtMs) : { problem: 'rowGone' };
  if ('problem' in prepared) {
    return { endpointId, outcome: held.resend ? 'unknown' : 'rejected', reason: prepared.problem };
  }
  const { channel, clock } = worker.ports;
  const timeoutMs = held.view.run.durations.sendTimeoutMs;
  const delivery = await within(clock, timeoutMs, (signal) => channel.deliver(prepared, signal));
  return deliveredEntry(endpointId, delivery, sentAtMs, held.resend);
}

function prepare(
  { ports }: Worker,
  held: HeldPage,
  endpoint: Endpoint,
  nowMs: number,
): Notification | { problem: string } {
  const { alert, run, key } = held.view;
  let address: string;
  try {
    address = ports.openAddress(endpoint.sealedAddress);
  } catch {
    return { problem: 'unreadableAddress' };
  }
  const { segmentId, page } = held.holding.key;
  return {
    address,
    message: ports.renderText(alert, endpoint, nowMs),
    exercise: alert.exercise,
    reference: `${key.earthquakeId}/${key.seq}/${key.channel}/${segmentId}/${page}/${endpoint.id}`,
    validForSeconds: Math.max(1, Math.floor((run.expiresAtMs - nowMs) / 1000)),
  };
}

/** Why a time-out is called off. Without a reason each abort would make an error, which costs more than the rest of a call. */
const answered = 'answered';

/** A call's answer within a hard total time-out; what is not answered by then may have been sent. */
async function within(
  clock: Clock,
  timeoutMs: number,
  call: (signal: AbortSignal) => Promise<Delivery>,
): Promise<Delivery> {
  const abort = new AbortController();
  const timer = new AbortController();
  const timedOut = clock.sleep(timeoutMs, timer.signal).then(async (): Promise<Delivery> => {
    abort.abort(new Error('no answer in time'));
    await clock.sleep(abortGraceMs, timer.signal);
    return { outcome: 'ambiguous', reason: 'noAnswer' };
  });
  // Aborted as soon as the answer is there; nobody waits for it then.
  timedOut.catch(() => undefined);
  const answer = call(abort.signal).catch((): Delivery => ({ outcome: 'ambiguous', reason: 'channelFailed' }));
  try {
    return await Promise.race([answer, timedOut]);
  } finally {
    timer.abort(answered);
  }
}
