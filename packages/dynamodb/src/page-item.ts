import type { ChannelName, Entry, PageKey, PageRecord, PageState, QueuePlace, RowKey, RunKey } from '@quakewire/core';
import { type AttributeWord, pageStateCodes } from './attribute-names.ts';
import { bytes, type Item, keysOf, reader, text } from './attribute-values.ts';
import { packEndpointIds, unpackEndpointIds } from './codecs/endpoint-ids.ts';
import { packMessageIds, unpackMessageIds } from './codecs/message-ids.ts';
import { packOutcomes, unpackOutcomes } from './codecs/outcome-codes.ts';
import { packReasons, unpackReasons } from './codecs/reasons.ts';
import { packRowKeys, unpackRowKeys } from './codecs/row-keys.ts';
import { packSendTimes, unpackSendTimes } from './codecs/send-times.ts';

type Attributes = Partial<Record<AttributeWord, Item[string] | undefined>>;

const stateByCode = new Map(Object.entries(pageStateCodes).map(([state, code]) => [code, state as PageState]));

/** `<earthquake>#<channel>#<segment>`: thousands of keys, so that none is hot. */
export const segmentPartitionKey = (key: RunKey, segmentId: number): string =>
  `${key.earthquakeId}#${key.channel}#${segmentId}`;

/** `<earthquake>#<channel>#queued`: both queues of a channel's runs, so that one query reads them. */
export const queuedPartitionKey = (key: RunKey): string => `${key.earthquakeId}#${key.channel}#queued`;

/** Key attributes of a page item: the sort key is `<page>#<seq>`, of a queued page `<queue>.<segment>.<page>.<batch>#<seq>`. */
export function pageItemKey(key: PageKey): Item {
  const { segmentId, page, seq, queued } = key;
  return queued
    ? {
        pk: text(queuedPartitionKey(key)),
        sk: text(`${queued.queue}.${segmentId}.${page}.${queued.batch}#${seq}`),
      }
    : { pk: text(segmentPartitionKey(key, segmentId)), sk: text(`${page}#${seq}`) };
}

export const endpointIdsOf = (entries: readonly Entry[]): Attributes => ({
  endpointIds: bytes(packEndpointIds(entries.map(({ endpointId }) => endpointId))),
});

/** What is known of each endpoint; the ids themselves are written once, with the claim. */
export function knowledgeOf(channel: ChannelName, entries: readonly Entry[]): Attributes {
  const optional = (packed: Uint8Array | undefined) => packed && bytes(packed);
  return {
    outcomes: text(packOutcomes(entries.map(({ outcome }) => outcome))),
    reasons: optional(packReasons(entries.map(({ reason }) => reason))),
    messageIds: optional(
      packMessageIds(
        channel,
        entries.map(({ messageId }) => messageId),
      ),
    ),
    sendTimes: optional(packSendTimes(entries.map(({ sentAtMs }) => sentAtMs))),
    handedTo: rowKeysOf(entries.map(({ handedTo }) => handedTo)),
  };
}

/** Rows by position; undefined where there is none. */
export function rowKeysOf(keys: readonly (RowKey | undefined)[]): Item[string] | undefined {
  const packed = packRowKeys(keys);
  return packed === undefined ? undefined : text(packed);
}

/** @throws when the item is not a page item that this version can read. */
export function pageRecordOf(item: Item): PageRecord {
  const key = pageKeyOf(item);
  const read = reader(item);
  const stateCode = read.text('state');
  const state = stateByCode.get(stateCode);
  if (!state) throw new Error(`page state code ${JSON.stringify(stateCode)} is not known`);
  return {
    key,
    state,
    epoch: read.optionalNumber('epoch') ?? 0,
    beat: read.optionalNumber('beat') ?? 0,
    owner: read.optionalText('owner') ?? '',
    resent: read.isYes('resent'),
    entries: entriesOf(key.channel, read),
    version: read.optionalNumber('truthVersion') ?? 0,
    ...(state === 'void'
      ? { voidRows: read.number('voidRows'), voidNotConcerned: read.number('voidNotConcerned') }
      : {}),
    ...(key.queued ? { rows: unpackRowKeys(read.text('queuedRows')).filter((row) => row !== undefined) } : {}),
  };
}

export function pageKeyOf(item: Item): PageKey {
  const { partitionKey, sortKey } = keysOf(item);
  const [, earthquakeId, channel, segment] = /^(.+)#(\w+)#(\d+|queued)$/.exec(partitionKey) ?? [];
  if (!earthquakeId || !channel) throw new Error(`${partitionKey} / ${sortKey} is not the key of a page`);
  const position =
    segment === 'queued'
      ? /^(?<queue>backup|replay)\.(?<segmentId>\d+)\.(?<page>\d+)\.(?<batch>\d+)#(?<seq>\d+)$/.exec(sortKey)
      : /^(?<page>\d+)#(?<seq>\d+)$/.exec(sortKey);
  if (!position?.groups) throw new Error(`${partitionKey} / ${sortKey} is not the key of a page`);
  const { queue, batch, segmentId, page, seq } = position.groups;
  return {
    ...{ earthquakeId, channel: channel as ChannelName },
    ...{ segmentId: Number(segmentId ?? segment), page: Number(page), seq: Number(seq) },
    ...(queue ? { queued: { queue: queue as QueuePlace['queue'], batch: Number(batch) } } : {}),
  };
}

function entriesOf(channel: ChannelName, read: ReturnType<typeof reader>): Entry[] {
  const outcomes = unpackOutcomes(read.optionalText('outcomes') ?? '');
  const endpointIds = unpackEndpointIds(read.optionalBytes('endpointIds') ?? new Uint8Array(), outcomes.length);
  const reasons = unpackReasons(read.optionalBytes('reasons'), outcomes.length);
  const messageIds = unpackMessageIds(channel, read.optionalBytes('messageIds'), outcomes.length);
  const sendTimes = unpackSendTimes(read.optionalBytes('sendTimes'), outcomes.length);
  const rows = unpackRowKeys(read.optionalText('handedTo'));
  return outcomes.map((outcome, index) => {
    const [reason, messageId, sentAtMs, handedTo] = [reasons[index], messageIds[index], sendTimes[index], rows[index]];
    return {
      endpointId: endpointIds[index] as string,
      outcome,
      ...(reason === undefined ? {} : { reason }),
      ...(messageId === undefined ? {} : { messageId }),
      ...(sentAtMs === undefined ? {} : { sentAtMs }),
      ...(handedTo === undefined ? {} : { handedTo }),
    };
  });
}
