import type { Entry } from './ledger.ts';
import type { Outcome } from './outcome.ts';

function replaceOutcomes(entries: readonly Entry[], from: readonly Outcome[], to: Outcome): Entry[] {
  return entries.map((entry) => (from.includes(entry.outcome) ? { ...entry, outcome: to } : entry));
}

/** A page that was handed back is claimed again: those not tried are open, all else stays known. */
export const reclaimedEntries = (entries: readonly Entry[]): Entry[] => replaceOutcomes(entries, ['notTried'], 'open');

/**
 * A page is taken from a holder that fell silent: whatever it had not recorded may have been sent. `notTried` is included,
 * because the silent holder may have gone on after it wrote that.
 */
export const takenAsUnknown = (entries: readonly Entry[]): Entry[] =>
  replaceOutcomes(entries, ['open', 'retrying', 'notTried'], 'unknown');

/** What a re-send may send: whomever taking the page without one would have made unknown. */
export const resendEntries = (entries: readonly Entry[]): Entry[] =>
  replaceOutcomes(entries, ['retrying', 'notTried'], 'open');

/**
 * What a holder writes between two attempts. Whoever its own attempts failed is not written as exhausted yet: that is final,
 * and comes with a dead letter when the page is settled.
 * @param attempts the holder's calls for each endpoint, by position.
 */
export const markedEntries = (entries: readonly Entry[], attempts: readonly number[]): Entry[] =>
  entries.map((entry, at) =>
    attempts[at] && entry.outcome === 'exhausted' ? { ...entry, outcome: 'retrying' } : entry,
  );

/** A page that its holder gave back and a later alert overtook: nobody will try these endpoints any more. */
export const sealedEntries = (entries: readonly Entry[]): Entry[] =>
  replaceOutcomes(entries, ['notTried'], 'superseded');

/** Nothing is useful any more: whoever was still to be told has expired. */
export const expiredEntries = (entries: readonly Entry[]): Entry[] =>
  replaceOutcomes(entries, ['open', 'retrying'], 'expired');

/**
 * A holder stops in mid-page: whoever it did not call, or called and definitely did not reach, is left to the next holder.
 * On a re-send even that stays unknown: the first message may have arrived.
 */
export const handedBackEntries = (entries: readonly Entry[], resend: boolean): Entry[] =>
  replaceOutcomes(entries, ['open', 'retrying'], resend ? 'unknown' : 'notTried');
