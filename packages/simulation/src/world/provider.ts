import type { Delivery } from '@quakewire/core';
import type { SeededRandom } from '@quakewire/testing';
import { type Fault, faultsOf } from '../faults.ts';
import type { Scheduler } from '../scheduler.ts';

/** One provider account. */
export interface Provider {
  /** A request has arrived; `accept` is called when the provider takes the message. Some are never answered. */
  request(accept: (messageId: string) => void, answersAfter: (ms: number) => void): Promise<Delivery>;
}

interface Span {
  fromMs: number;
  forMs: number;
  share: number;
}

const rejected: Delivery = { outcome: 'rejected', reason: 'sink:unknownAddress', endpointUnusable: true };

const failed = (outcome: 'transient' | 'throttled', { retryAfterMs }: { retryAfterMs?: number }): Delivery => ({
  ...{ outcome, reason: `sink:${outcome}` },
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

/** @param refusals share of requests that are refused definitely. */
export function createProvider(
  scheduler: Scheduler,
  random: SeededRandom,
  refusals: number,
  faults: readonly Fault[],
): Provider {
  const timeouts = faultsOf(faults, 'provider-timeouts');
  const throttles = faultsOf(faults, 'provider-throttles');
  const errors = faultsOf(faults, 'provider-errors');
  const slow = faultsOf(faults, 'slow-answers');
  let accepted = 0;

  const hits = ({ fromMs, forMs, share }: Span): boolean => {
    const nowMs = scheduler.nowMs();
    return nowMs >= fromMs && nowMs < fromMs + forMs && random.chance(share);
  };
  function judge(accept: (messageId: string) => void): Delivery {
    if (refusals > 0 && random.chance(refusals)) return random.chance(0.5) ? rejected : failed('transient', {});
    const messageId = `m${++accepted}`;
    accept(messageId);
    return { outcome: 'accepted', messageId };
  }

  return {
    async request(accept, answersAfter) {
      const hang = timeouts.find(hits);
      if (hang) {
        if (random.chance(hang.accepts)) accept(`m${++accepted}`);
        return new Promise(() => {});
      }
      const throttle = throttles.find(hits);
      if (throttle) return failed('throttled', throttle);
      const error = errors.find(hits);
      const delivery = error ? failed('transient', error) : judge(accept);
      const late = slow.find(hits);
      answersAfter(15 + 40 * random.next() + (late ? late.byMs * random.next() : 0));
      return delivery;
    },
  };
}
