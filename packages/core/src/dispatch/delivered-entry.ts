import type { Delivery } from '../channel/channel.ts';
import type { Entry } from './ledger.ts';
import type { Outcome } from './outcome.ts';

const outcomeOf: Readonly<Record<Delivery['outcome'], Outcome>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  transient: 'exhausted',
  throttled: 'exhausted',
  ambiguous: 'unknown',
};

/**
 * One endpoint's line after the last provider call for it.
 * @param sentAtMs store time at the start of the call.
 * @param resend the endpoint was of unknown fate before: then only an acceptance tells anything, because the first attempt
 * may have arrived whatever the second one was answered.
 */
export function deliveredEntry(endpointId: string, delivery: Delivery, sentAtMs: number, resend: boolean): Entry {
  if (delivery.outcome === 'accepted') {
    return { endpointId, outcome: 'accepted', messageId: delivery.messageId, sentAtMs };
  }
  const outcome = resend ? 'unknown' : outcomeOf[delivery.outcome];
  return { endpointId, outcome, reason: delivery.reason, sentAtMs };
}
