import {
  type Alert,
  createPacer,
  type Delivery,
  type Endpoint,
  type Entry,
  type Notification,
  type Outcome,
  type Run,
} from '@quakewire/core';
import type { BaselinePorts } from './baseline.ts';

/** Sends one by one at a worker's rate, with so many calls in flight as ours has at most. */
export interface PacedSender {
  /** Resolves when the next call may start. @throws what a call's follow-up threw. */
  turn(): Promise<void>;
  /** Keeps what follows a turn among the calls in flight until it ends. */
  track(call: Promise<void>): void;
  /** Resolves when nothing is in flight. @throws what a call's follow-up threw. */
  idle(): Promise<void>;
  /** One provider call with a hard time-out; what is not answered by then may have been sent. */
  send(endpoint: Endpoint, run: Run, alert: Alert): Promise<Entry>;
}

const maximumCalls = 50;
const catchUpMs = 25;
const outcomeOf: Readonly<Record<Delivery['outcome'], Outcome>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  transient: 'exhausted',
  throttled: 'exhausted',
  ambiguous: 'unknown',
};

export function createPacedSender(ports: BaselinePorts): PacedSender {
  const { channel, clock, ratePerWorker } = ports;
  const pacer = createPacer(ratePerWorker, catchUpMs, clock.monotonicMs());
  const calls = new Set<Promise<void>>();
  let failure: { error: unknown } | undefined;

  function throwFailure(): void {
    if (failure) throw failure.error;
  }
  async function deliver(notification: Notification, timeoutMs: number): Promise<Delivery> {
    const abort = new AbortController();
    const answered = new AbortController();
    const timedOut = clock.sleep(timeoutMs, answered.signal).then((): Delivery => {
      abort.abort('no answer in time');
      return { outcome: 'ambiguous', reason: 'noAnswer' };
    });
    timedOut.catch(() => undefined);
    try {
      return await Promise.race([channel.deliver(notification, abort.signal), timedOut]);
    } finally {
      answered.abort('answered');
    }
  }

  return {
    async turn() {
      while (calls.size >= maximumCalls) await Promise.race(calls);
      throwFailure();
      const waitMs = pacer.take(clock.monotonicMs());
      if (waitMs > 0) await clock.sleep(waitMs);
      pacer.used(clock.monotonicMs());
    },
    track(call) {
      const ended = call
        .catch((error: unknown) => {
          failure = { error };
        })
        .finally(() => calls.delete(ended));
      calls.add(ended);
    },
    async idle() {
      while (calls.size > 0) await Promise.race(calls);
      throwFailure();
    },
    async send(endpoint, run, alert) {
      const sentAtMs = ports.storeTime();
      const notification = notificationFor(ports, endpoint, run, alert, sentAtMs);
      const delivery = await deliver(notification, run.durations.sendTimeoutMs);
      const entry = { endpointId: endpoint.id, outcome: outcomeOf[delivery.outcome], sentAtMs };
      return delivery.outcome === 'accepted' ? { ...entry, messageId: delivery.messageId } : entry;
    },
  };
}

function notificationFor(
  ports: BaselinePorts,
  endpoint: Endpoint,
  run: Run,
  alert: Alert,
  nowMs: number,
): Notification {
  return {
    address: ports.openAddress(endpoint.sealedAddress),
    message: ports.renderText(alert, endpoint, nowMs, {}),
    exercise: alert.exercise,
    reference: `${run.earthquakeId}/${run.seq}/${run.channel}/${endpoint.id}`,
    validForSeconds: Math.max(1, Math.floor((run.expiresAtMs - nowMs) / 1000)),
  };
}
