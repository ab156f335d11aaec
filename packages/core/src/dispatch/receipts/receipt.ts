import type { RowKey } from '../../endpoint.ts';
import type { Entry, PageKey } from '../ledger.ts';

/** What a provider says of one message some time after it accepted it. */
export interface Receipt {
  page: PageKey;
  /** The endpoint's position in the page item. */
  slot: number;
  /** The provider's id of the message: an endpoint may have been sent more than one. */
  messageId: string;
  status: 'delivered' | 'undelivered';
  /** Why it could not be delivered. */
  reason?: string;
}

/** A message that was given up for its backup and arrived all the same: known, and nothing is recalled. */
const arrivedLate = 'receipt:deliveredAfterHandOver';

/**
 * One endpoint's line after a receipt. Receipts come in any order and more than once: what arrived has arrived, whatever is
 * said later, and only an acceptance of that very message is refuted.
 * @param backup where the person is told instead; undefined where there is none, or the alert is of no use there any more.
 */
export function receivedEntry(entry: Entry, receipt: Receipt, backup: RowKey | undefined): Entry {
  const { messageId, reason = 'receipt:undelivered' } = receipt;
  const isSame = entry.messageId === messageId;
  if (receipt.status === 'delivered') {
    if (entry.outcome === 'accepted' || entry.outcome === 'unknown')
      return { ...entry, outcome: 'delivered', messageId };
    if (entry.outcome === 'rejected' && isSame) return withoutReason({ ...entry, outcome: 'delivered' });
    return entry.outcome === 'handedToBackup' && isSame ? { ...entry, reason: arrivedLate } : entry;
  }
  if (entry.outcome !== 'accepted' || !isSame) return entry;
  return backup
    ? { ...entry, outcome: 'handedToBackup', reason, handedTo: backup }
    : { ...entry, outcome: 'rejected', reason };
}

const withoutReason = ({ reason: _, ...entry }: Entry): Entry => entry;
