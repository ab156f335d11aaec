import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Entry, Holding, PageKey, PageRecord, RowKey } from '@quakewire/core';
import { sealedEntries, stateAfterSettle, takenAsUnknown, withLateTruth } from '@quakewire/core';
import { type AttributeWord, namesIn, pageStateCodes } from './attribute-names.ts';
import { type Item, number, text, toAttributes, yes } from './attribute-values.ts';
import { endpointIdsOf, knowledgeOf, pageItemKey, rowKeysOf } from './page-item.ts';

/** The exact calls on a page item, as pure data: one function a row of the protocol's table. */
export interface LedgerWrite {
  key: PageKey;
  command: PutItemCommand | UpdateItemCommand | DeleteItemCommand;
}

type Attributes = Parameters<typeof toAttributes>[0];

const state = (name: keyof typeof pageStateCodes) => text(pageStateCodes[name]);
const isAbsent = 'attribute_not_exists(sk)';
const isHeldByMe = '#epoch = :epoch AND #owner = :owner AND #state = :inFlight';
const isUnchanged = `${isHeldByMe} AND #beat = :beat`;
const heldByMe = ({ epoch, owner }: Holding): Item => ({
  ':epoch': number(epoch),
  ':owner': text(owner),
  ':inFlight': state('inFlight'),
});
const unchanged = (seen: PageRecord): Item => ({ ...heldByMe(seen), ':beat': number(seen.beat) });

/** @param ttl end of retention, written with whatever may be the page's last change. */
export function createLedgerWrites(table: string, ttl: () => number) {
  const put = (key: PageKey, attributes: Attributes): LedgerWrite => ({
    key,
    command: new PutItemCommand({
      TableName: table,
      Item: { ...pageItemKey(key), ...toAttributes(attributes) },
      ConditionExpression: isAbsent,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  });
  const update = (key: PageKey, change: Change, condition: string, values: Item): LedgerWrite => ({
    key,
    command: new UpdateItemCommand({
      TableName: table,
      Key: pageItemKey(key),
      ...updateExpression(change, condition, values),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  });
  const kept = () => ({ timeToLive: number(ttl()) });
  const counters = { epoch: number(1), beat: number(0), truthVersion: number(0) };

  return {
    claim: (key: PageKey, owner: string, entries: readonly Entry[]) =>
      put(key, { state: state('inFlight'), ...counters, owner: text(owner), ...all(key, entries) }),
    settleUnsent: (key: PageKey, owner: string, entries: readonly Entry[]) =>
      put(key, { state: state('settled'), ...counters, owner: text(owner), ...all(key, entries), ...kept() }),
    reclaim: (key: PageKey, epoch: number, owner: string, entries: readonly Entry[]) =>
      update(
        key,
        {
          set: { state: state('inFlight'), owner: text(owner), beat: number(0), ...all(key, entries) },
          add: 'epoch',
        },
        '#epoch = :epoch AND (#state = :handedBack OR #state = :queued)',
        { ':epoch': number(epoch), ':handedBack': state('handedBack'), ':queued': state('queued') },
      ),
    beat: (holding: Holding) => update(holding.key, { add: 'beat' }, isHeldByMe, heldByMe(holding)),
    markRetry: (holding: Holding, entries: readonly Entry[]) =>
      update(
        holding.key,
        { set: knowledgeOf(holding.key.channel, entries), add: 'beat' },
        isHeldByMe,
        heldByMe(holding),
      ),
    settle: (holding: Holding, entries: readonly Entry[]) =>
      update(
        holding.key,
        {
          set: { state: state(stateAfterSettle(entries)), ...knowledgeOf(holding.key.channel, entries), ...kept() },
        },
        isHeldByMe,
        heldByMe(holding),
      ),
    takeAsUnknown: (seen: PageRecord, owner: string) =>
      update(
        seen.key,
        {
          set: {
            state: state('settled'),
            owner: text(owner),
            ...knowledgeOf(seen.key.channel, takenAsUnknown(seen.entries)),
            ...kept(),
          },
          add: 'epoch',
        },
        isUnchanged,
        unchanged(seen),
      ),
    takeForResend: (seen: PageRecord, owner: string) =>
      update(
        seen.key,
        { set: { owner: text(owner), resent: yes, beat: number(0) }, add: 'epoch' },
        `${isUnchanged} AND attribute_not_exists(#resent)`,
        unchanged(seen),
      ),
    seal: (key: PageKey, rows: number, notConcerned: number) =>
      put(key, {
        state: state('void'),
        truthVersion: number(0),
        voidRows: number(rows),
        voidNotConcerned: number(notConcerned),
        ...kept(),
      }),
    sealHandedBack: (seen: PageRecord) =>
      update(
        seen.key,
        {
          set: { state: state('settled'), ...knowledgeOf(seen.key.channel, sealedEntries(seen.entries)), ...kept() },
        },
        '#epoch = :epoch AND (#state = :handedBack OR #state = :queued)',
        { ':epoch': number(seen.epoch), ':handedBack': state('handedBack'), ':queued': state('queued') },
      ),
    giveBack: (holding: Holding): LedgerWrite => ({
      key: holding.key,
      command: new DeleteItemCommand({
        TableName: table,
        Key: pageItemKey(holding.key),
        ConditionExpression: isHeldByMe,
        ExpressionAttributeNames: namesIn(isHeldByMe),
        ExpressionAttributeValues: heldByMe({ ...holding, epoch: 1 }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    }),
    addLateTruth: (seen: PageRecord, entries: readonly Entry[]) =>
      update(
        seen.key,
        { set: knowledgeOf(seen.key.channel, withLateTruth(seen.entries, entries)), add: 'truthVersion' },
        '#truthVersion = :version AND #epoch = :epoch AND #state = :settled AND attribute_not_exists(#resent)',
        { ':version': number(seen.version), ':epoch': number(seen.epoch), ':settled': state('settled') },
      ),
    amend: (seen: PageRecord, entries: readonly Entry[]) =>
      update(
        seen.key,
        { set: { ...knowledgeOf(seen.key.channel, entries), ...kept() }, add: 'truthVersion' },
        '#truthVersion = :version AND #epoch = :epoch AND #state = :settled',
        { ':version': number(seen.version), ':epoch': number(seen.epoch), ':settled': state('settled') },
      ),
    queue(key: PageKey, rows: readonly RowKey[], outcome: 'notTried' | 'superseded') {
      const entries = rows.map(({ endpointId }): Entry => ({ endpointId, outcome }));
      return put(key, {
        ...{ state: state(outcome === 'notTried' ? 'queued' : 'settled'), ...counters, epoch: number(0) },
        ...{ ...all(key, entries), queuedRows: rowKeysOf(rows), ...kept() },
      });
    },
  };
}

const all = (key: PageKey, entries: readonly Entry[]) => ({
  ...endpointIdsOf(entries),
  ...knowledgeOf(key.channel, entries),
});

interface Change {
  /** A word without a value is removed, so that nothing older than the others remains. */
  set?: Attributes;
  /** Grows by one. */
  add?: AttributeWord;
}

/** `:set0`, `:set1`, ... keep the values that are written apart from those that are compared. */
function updateExpression({ set = {}, add }: Change, condition: string, conditionValues: Item) {
  const words = Object.keys(set) as AttributeWord[];
  const values: Item = add ? { ':one': number(1) } : {};
  const assigned = words.flatMap((word, index) => {
    const value = set[word];
    if (!value) return [];
    values[`:set${index}`] = value;
    return [`#${word} = :set${index}`];
  });
  const removed = words.filter((word) => !set[word]).map((word) => `#${word}`);
  const clauses = [clause('SET', assigned), clause('REMOVE', removed), clause('ADD', add ? [`#${add} :one`] : [])];
  const expression = clauses.filter(Boolean).join(' ');
  return {
    UpdateExpression: expression,
    ConditionExpression: condition,
    ExpressionAttributeNames: namesIn(expression, condition),
    ExpressionAttributeValues: { ...values, ...conditionValues },
  };
}

const clause = (verb: string, parts: string[]): string => (parts.length > 0 ? `${verb} ${parts.join(', ')}` : '');
