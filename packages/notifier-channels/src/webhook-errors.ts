import { ambiguous, type ErrorRule, rejected, transient, unusable } from './error-rule.ts';

/**
 * The contract that receivers are given: 2xx means accepted, `webhook-id` names the message and a receiver acts on it
 * once. What a status means otherwise: RFC 9110, section 15, RFC 8470 and RFC 6585; 410 ends the subscription:
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 *
 * 429 is `transient`, not `throttled`: the limit is this one receiver's, and must not slow down all the others.
 */
export const webhookStatuses: Readonly<Record<number, ErrorRule>> = {
  408: transient,
  410: unusable,
  425: transient,
  429: transient,
  500: transient,
  501: rejected,
  // A gateway lost or gave up on the receiver, which may have acted.
  502: ambiguous,
  503: transient,
  504: ambiguous,
};

/** Redirects are refused: the address that was checked and subscribed is the only one. */
export const webhookRule = (status: number): ErrorRule =>
  webhookStatuses[status] ?? (status >= 500 ? ambiguous : rejected);
