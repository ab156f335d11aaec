import type { Delivery } from '@quakewire/core';

/** What a provider's error means for one message. `endpointUnusable`: this address can never be reached. */
export type ErrorRule =
  | { outcome: 'rejected'; endpointUnusable: boolean }
  | { outcome: 'transient' | 'throttled' | 'ambiguous' };

/** Not sent and never will be: our account, our text or this combination. */
export const rejected = { outcome: 'rejected', endpointUnusable: false } as const;
/** Not sent, and the address itself is the cause. */
export const unusable = { outcome: 'rejected', endpointUnusable: true } as const;
/** Not sent; another attempt may succeed. */
export const transient = { outcome: 'transient' } as const;
/** Not sent; we were too fast. */
export const throttled = { outcome: 'throttled' } as const;
/** Perhaps sent. */
export const ambiguous = { outcome: 'ambiguous' } as const;

/** The delivery that follows from a rule. @param reason the provider's code; never an address */
export const deliveryBy = (rule: ErrorRule, reason: string, waitMs?: number): Delivery => {
  if (rule.outcome === 'rejected') return { outcome: 'rejected', reason, endpointUnusable: rule.endpointUnusable };
  if (rule.outcome === 'ambiguous' || waitMs === undefined) return { outcome: rule.outcome, reason };
  return { outcome: rule.outcome, reason, retryAfterMs: waitMs };
};
