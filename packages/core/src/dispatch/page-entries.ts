import type { Entry, PageState } from './ledger.ts';
import type { Outcome } from './outcome.ts';

/** What settling leaves behind: a page with an endpoint left to try goes back, all others are final. */
export const stateAfterSettle = (entries: readonly Entry[]): PageState =>
  entries.some((entry) => entry.outcome === 'notTried') ? 'handedBack' : 'settled';

/**
 * A page taken from a holder that fell silent: whatever it had not recorded may have been sent. `notTried` is included,
 * because the silent holder may have gone on after it wrote that.
 */
export const withSilenceUnknown = (entries: readonly Entry[]): Entry[] =>
  replaceOutcomes(entries, ['open', 'retrying', 'notTried'], 'unknown');

/** A page that its holder gave back and a later alert overtook: nobody will try these endpoints any more. */
export const withNotTriedSuperseded = (entries: readonly Entry[]): Entry[] =>
  replaceOutcomes(entries, ['notTried'], 'superseded');

/** Adds what a late holder knows: only `unknown` gains truth, and only a definite one. */
export function withLateTruth(entries: readonly Entry[], known: readonly Entry[]): Entry[] {
  const definite = known.filter((entry) => entry.outcome === 'accepted' || entry.outcome === 'rejected');
  const byId = new Map(definite.map((entry) => [entry.endpointId, entry]));
  return entries.map((entry) => (entry.outcome === 'unknown' && byId.get(entry.endpointId)) || entry);
}

function replaceOutcomes(entries: readonly Entry[], from: readonly Outcome[], to: Outcome): Entry[] {
  return entries.map((entry) => (from.includes(entry.outcome) ? { ...entry, outcome: to } : entry));
}
