import type { Entry, PageState } from './ledger.ts';

/** What settling leaves behind: a page with an endpoint left to try goes back, all others are final. */
export const stateAfterSettle = (entries: readonly Entry[]): PageState =>
  entries.some((entry) => entry.outcome === 'notTried') ? 'handedBack' : 'settled';

/** A settled page with what a late holder knows: only `unknown` gains truth, and only a definite one. */
export function withLateTruth(entries: readonly Entry[], known: readonly Entry[]): Entry[] {
  const definite = known.filter((entry) => entry.outcome === 'accepted' || entry.outcome === 'rejected');
  const byId = new Map(definite.map((entry) => [entry.endpointId, entry]));
  return entries.map((entry) => (entry.outcome === 'unknown' && byId.get(entry.endpointId)) || entry);
}
