import { channelNameSchema, type PageKey, type Receipt } from '@quakewire/core';
import type { Witness } from './witness.ts';

/** The page in a notification's reference. */
export function pageOf(reference: string): PageKey {
  const [earthquakeId = '', seq, channel, segmentId, page, ...rest] = reference.split('/');
  const queued = /^(backup|replay)-(\d+)$/.exec(rest.length > 1 ? (rest[0] ?? '') : '');
  return {
    ...{ earthquakeId, seq: Number(seq), channel: channelNameSchema.parse(channel) },
    ...{ segmentId: Number(segmentId), page: Number(page) },
    ...(queued ? { queued: { queue: queued[1] as 'backup' | 'replay', batch: Number(queued[2]) } } : {}),
  };
}

/** What a provider says of a message; undefined where the page has no such endpoint (any more). */
export function receiptOf(
  reference: string,
  messageId: string,
  status: Receipt['status'],
  witness: Pick<Witness, 'page'>,
): Receipt | undefined {
  const at = reference.lastIndexOf('/');
  const slot = witness
    .page(reference.slice(0, at))
    ?.entries.findIndex(({ endpointId }) => endpointId === reference.slice(at + 1));
  return slot === undefined || slot < 0 ? undefined : { page: pageOf(reference), slot, messageId, status };
}
