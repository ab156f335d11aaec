import type { ChannelName, Entry, PageKey, PageRecord, PageState, RunKey } from '@quakewire/core';
import { type AttributeWord, pageStateCodes } from './attribute-names.ts';
import { bytes, type Item, keysOf, reader, text } from './attribute-values.ts';
import { packEndpointIds, unpackEndpointIds } from './codecs/endpoint-ids.ts';
import { packMessageIds, unpackMessageIds } from './codecs/message-ids.ts';
import { packOutcomes, unpackOutcomes } from './codecs/outcome-codes.ts';
import { packReasons, unpackReasons } from './codecs/reasons.ts';
import { packSendTimes, unpackSendTimes } from './codecs/send-times.ts';

type Attributes = Partial<Record<AttributeWord, Item[string] | undefined>>;

const stateByCode = new Map(Object.entries(pageStateCodes).map(([state, code]) => [code, state as PageState]));

/** `<earthquake>#<channel>#<segment>`: thousands of keys, so that none is hot. */
export const segmentPartitionKey = (key: RunKey, segmentId: number): string =>
  `${key.earthquakeId}#${key.channel}#${segmentId}`;

/** Key attributes of a page item; the sort key is `<page>#<seq>`. */
export const pageItemKey = (key: PageKey): Item => ({
  pk: text(segmentPartitionKey(key, key.segmentId)),
  sk: text(`${key.page}#${key.seq}`),
});

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
  };
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
  };
}

export function pageKeyOf(item: Item): PageKey {
  const { partitionKey, sortKey } = keysOf(item);
  const parts = /^(.+)#(\w+)#(\d+)$/.exec(partitionKey);
  const position = /^(\d+)#(\d+)$/.exec(sortKey);
  if (!parts || !position) throw new Error(`${partitionKey} / ${sortKey} is not the key of a page`);
  return {
    earthquakeId: parts[1] as string,
    channel: parts[2] as ChannelName,
    segmentId: Number(parts[3]),
    page: Number(position[1]),
    seq: Number(position[2]),
  };
}

function entriesOf(channel: ChannelName, read: ReturnType<typeof reader>): Entry[] {
  const endpointIds = unpackEndpointIds(read.optionalBytes('endpointIds') ?? new Uint8Array());
  const outcomes = unpackOutcomes(read.optionalText('outcomes') ?? '');
  if (outcomes.length !== endpointIds.length)
    throw new Error(`page item has ${endpointIds.length} endpoints and ${outcomes.length} outcomes`);
  const reasons = unpackReasons(read.optionalBytes('reasons'), outcomes.length);
  const messageIds = unpackMessageIds(channel, read.optionalBytes('messageIds'), outcomes.length);
  const sendTimes = unpackSendTimes(read.optionalBytes('sendTimes'), outcomes.length);
  return outcomes.map((outcome, index) => {
    const [reason, messageId, sentAtMs] = [reasons[index], messageIds[index], sendTimes[index]];
    return {
      endpointId: endpointIds[index] as string,
      outcome,
      ...(reason === undefined ? {} : { reason }),
      ...(messageId === undefined ? {} : { messageId }),
      ...(sentAtMs === undefined ? {} : { sentAtMs }),
    };
  });
}
