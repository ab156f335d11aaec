import { isQuietUpdate } from '../../alert/quiet-update.ts';
import type { Delivery, Notification } from '../../channel/channel.ts';
import type { Endpoint } from '../../endpoint.ts';
import type { TimerClock } from '../../runtime/clock.ts';
import { pageName } from '../page-name.ts';
import type { HeldPage } from './claim-page.ts';
import type { Worker } from './worker.ts';

/** A channel that does not answer its own abort gets this long before the call counts as unanswered. */
const abortGraceMs = 100;

/**
 * One provider call, made before the first await. Never rejects; whoever cannot be prepared for fails alone.
 * @param nowMs store time.
 */
export async function deliver(worker: Worker, held: HeldPage, endpoint: Endpoint, nowMs: number): Promise<Delivery> {
  const prepared = prepare(worker, held, endpoint, nowMs);
  if ('outcome' in prepared) return prepared;
  const { channel, clock } = worker.ports;
  const callEnds = worker.account.callStarts();
  const { sendTimeoutMs } = held.view.run.durations;
  const delivery = await within(clock, sendTimeoutMs, (signal) => channel.deliver(prepared, signal));
  callEnds(delivery);
  return delivery;
}

const unprepared = (reason: string): Delivery => ({ outcome: 'rejected', reason, endpointUnusable: false });

function prepare({ ports }: Worker, held: HeldPage, endpoint: Endpoint, nowMs: number): Notification | Delivery {
  const { alert, run } = held.view;
  const stopUrl = ports.stopUrl?.(endpoint.id);
  const toldBefore = held.toldBefore.has(endpoint.id);
  let address: string;
  try {
    address = ports.openAddress(endpoint.sealedAddress);
  } catch {
    return unprepared('unreadableAddress');
  }
  try {
    return {
      address,
      message: ports.renderText(alert, endpoint, nowMs, { toldBefore, stopUrl }),
      exercise: alert.exercise,
      isSilent: alert.aftershocks !== undefined || (toldBefore && isQuietUpdate(alert)),
      reference: `${pageName(held.holding.key)}/${endpoint.id}`,
      ...(stopUrl !== undefined && { unsubscribeUrl: stopUrl }),
      validForSeconds: Math.max(1, Math.floor((run.expiresAtMs - nowMs) / 1000)),
    };
  } catch {
    return unprepared('noText');
  }
}

/** A call's answer within a hard total time-out; what is not answered by then may have been sent. */
function within(
  clock: TimerClock,
  timeoutMs: number,
  call: (signal: AbortSignal) => Promise<Delivery>,
): Promise<Delivery> {
  return new Promise((resolve) => {
    const abort = new AbortController();
    const giveUp = (): void => resolve({ outcome: 'ambiguous', reason: 'noAnswer' });
    let callOff = clock.startTimer(timeoutMs, () => {
      abort.abort(new Error('no answer in time'));
      callOff = clock.startTimer(abortGraceMs, giveUp);
    });
    const answer = (delivery: Delivery): void => {
      callOff();
      resolve(delivery);
    };
    call(abort.signal).then(answer, () => answer({ outcome: 'ambiguous', reason: 'channelFailed' }));
  });
}
