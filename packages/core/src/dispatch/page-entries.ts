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

/** A page that its holder gave back and a later alert overtook: nobody will try these endpoints any more. */
export const sealedEntries = (entries: readonly Entry[]): Entry[] =>
  replaceOutcomes(entries, ['notTried'], 'superseded');

/** Nothing is useful any more: whoever was still to be told has expired. */
export const expiredEntries = (entries: readonly Entry[]): Entry[] => replaceOutcomes(entries, ['open'], 'expired');

/** A holder stops in mid-page. On a re-send even "not tried" stays unknown: the first attempt may have arrived. */
export const handedBackEntries = (entries: readonly Entry[], resend: boolean): Entry[] =>
  replaceOutcomes(entries, ['open'], resend ? 'unknown' : 'notTried');
