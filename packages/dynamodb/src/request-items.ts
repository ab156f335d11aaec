import type { EndedRequest } from '@quakewire/core';
import { type Item, number, text, toAttributes } from './attribute-values.ts';

/** Requests that are not ended, by id: who wrote what about them. Every operator may write here, so it proves nothing. */
export const openPartitionKey = 'REQUESTS';
export const endedPartitionKey = 'REQUESTS-ENDED';
export const openKey = (id: string): Item => ({ pk: text(openPartitionKey), sk: text(id) });

export type Written = 'request' | 'approval' | 'withdrawal';

/** Where IAM lets nobody write but the principal that is named (`dynamodb:LeadingKeys` with `aws:userid`). */
export const ownKey = (userId: string, written: Written, id: string): Item => ({
  pk: text(`OPERATOR#${userId}`),
  sk: text(`${written}#${id}`),
});

export const ownItemOf = (key: Item, document: unknown, ttl: number): Item => ({
  ...key,
  ...toAttributes({ request: text(JSON.stringify(document)), timeToLive: number(ttl) }),
});

export const endedItemOf = (ended: EndedRequest, ttl: number): Item =>
  ownItemOf({ pk: text(endedPartitionKey), sk: text(ended.id) }, ended, ttl);
