import type { Delivery } from '../channel/channel.ts';
import type { Entry } from './ledger.ts';
import type { Outcome } from './outcome.ts';

/** One provider call for one endpoint, and what came of it. */
export interface Attempt {
  endpointId: string;
  delivery: Delivery;
  /** Which of this holder's attempts it was, from 1. */
  number: number;
  /** Store time at the start of the call. */
  sentAtMs: number;
  /** How long another attempt would still be of use, in milliseconds. */
  usefulForMs: number;
  /**
   * The endpoint was of unknown fate before: then only an acceptance tells anything, because the first message may have
   * arrived whatever this one was answered.
   */
  resend: boolean;
}

/** What an attempt proves, and whether another one follows. */
export interface Fate {
  /** `retrying` while another attempt follows, else final. */
  entry: Entry;
  /** The wait until the next attempt, in milliseconds; undefined: this was the last one. */
  waitMs?: number;
}

/** So often a page's holder tries one endpoint. */
export const mostAttempts = 3;
/** Whoever must wait longer than this is not tried again: a page is not held for so long. */
export const longestWaitMs = 4_000;
/** Full jitter before attempt n + 1: anything up to this, doubled n times. */
const backoffMs = 500;

const lastOutcome: Readonly<Record<Delivery['outcome'], Outcome>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  transient: 'exhausted',
  throttled: 'exhausted',
  ambiguous: 'unknown',
};

/**
 * The fate of an endpoint after one attempt. Only what was definitely not sent is tried again, after the provider's own wait
 * or a random one, whichever is longer, and while that is of use.
 * @param chance at least 0, below 1.
 */
export function fateOf(attempt: Attempt, chance: number): Fate {
  const { endpointId, delivery, sentAtMs, resend } = attempt;
  if (delivery.outcome === 'accepted')
    return { entry: { endpointId, outcome: 'accepted', messageId: delivery.messageId, sentAtMs } };
  const { reason } = delivery;
  const waitMs = waitBeforeNext(attempt, chance);
  if (waitMs !== undefined) return { entry: { endpointId, outcome: 'retrying', reason }, waitMs };
  return { entry: { endpointId, outcome: resend ? 'unknown' : lastOutcome[delivery.outcome], reason, sentAtMs } };
}

function waitBeforeNext({ delivery, number, usefulForMs }: Attempt, chance: number): number | undefined {
  if (delivery.outcome !== 'transient' && delivery.outcome !== 'throttled') return undefined;
  if (number >= mostAttempts) return undefined;
  const waitMs = Math.max(delivery.retryAfterMs ?? 0, Math.min(longestWaitMs, chance * backoffMs * 2 ** number));
  return waitMs <= longestWaitMs && waitMs < usefulForMs ? waitMs : undefined;
}
