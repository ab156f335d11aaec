import type { Entry, Ledger, PageKey } from '../ledger.ts';
import type { Outcome } from '../outcome.ts';

const toldOutcomes: ReadonlySet<Outcome> = new Set(['accepted', 'delivered', 'unknown']);

/** A message that was accepted, and that a receipt said had failed, may have arrived all the same. */
export const mayHaveBeenTold = ({ outcome, messageId }: Entry): boolean =>
  toldOutcomes.has(outcome) || (messageId !== undefined && (outcome === 'handedToBackup' || outcome === 'rejected'));

/**
 * Whom the earthquake's earlier alerts may have told on a page that is not claimed for the first time: for the texts only.
 * Nobody on a queued page: its endpoints are told there because another message failed them.
 */
export async function readToldBefore(ledger: Pick<Ledger, 'read'>, key: PageKey): Promise<ReadonlySet<string>> {
  if (key.queued) return new Set();
  const earlier = Array.from({ length: key.seq - 1 }, (_, at) => ledger.read({ ...key, seq: at + 1 }));
  const pages = await Promise.all(earlier);
  return new Set(
    pages.flatMap((page) => page?.entries.filter(mayHaveBeenTold) ?? []).map(({ endpointId }) => endpointId),
  );
}
