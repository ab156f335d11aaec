import { pageOfName, type Receipt } from '@quakewire/core';
import type { Witness } from './witness.ts';

/** What a provider says of a message, by its reference; undefined where the page has no such endpoint (any more). */
export function receiptOf(
  reference: string,
  messageId: string,
  status: Receipt['status'],
  witness: Pick<Witness, 'page'>,
): Receipt | undefined {
  const at = reference.lastIndexOf('/');
  const [name, id] = [reference.slice(0, at), reference.slice(at + 1)];
  const page = pageOfName(name);
  const slot = witness.page(name)?.entries.findIndex(({ endpointId }) => endpointId === id) ?? -1;
  return page && slot >= 0 ? { page, slot, messageId, status } : undefined;
}
