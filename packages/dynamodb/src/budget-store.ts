import { type DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Budget, type BudgetStore, type ChannelName, isFull, type SlotRecord } from '@quakewire/core';
import { namesIn, noOwner } from './attribute-names.ts';
import { type Item, keysOf, number, reader, text, toAttributes } from './attribute-values.ts';
import { conditional } from './conditional-write.ts';
import { queryAll } from './query-all.ts';
import { openListKey } from './run-items.ts';

export interface BudgetStoreOptions {
  client: DynamoDBClient;
  /** The dispatch table. */
  table: string;
}

const slotPrefix = 'slot#';
const budgetPartitionKey = (channel: ChannelName): string => `B#${channel}`;
const budgetItemKey = (channel: ChannelName): Item => ({ pk: text(budgetPartitionKey(channel)), sk: text('cfg') });
const slotItemKey = (channel: ChannelName, index: number): Item => ({
  pk: text(budgetPartitionKey(channel)),
  sk: text(`${slotPrefix}${index}`),
});

/** Rate budgets and their leased slots in the dispatch table. A slot without an item is free. */
export function createBudgetStore({ client, table }: BudgetStoreOptions): BudgetStore {
  async function read(channel: ChannelName, isStrong = false): Promise<Budget | undefined> {
    const command = new GetItemCommand({ TableName: table, Key: budgetItemKey(channel), ConsistentRead: isStrong });
    const { Item: item } = await client.send(command);
    return item && budgetOf(item);
  }

  async function isRunOpen(channel: ChannelName): Promise<boolean> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'pk = :open',
      ExpressionAttributeValues: { ':open': text(openListKey(channel)) },
      ConsistentRead: true,
    });
    return items.length > 0;
  }

  /** The slot after a change whose condition held, or whose failed condition shows that it was applied before. */
  async function changeSlot(
    channel: ChannelName,
    { index, owner = noOwner, sharePerSecond, isLeaving }: Omit<SlotRecord, 'version'>,
    condition: string,
    values: Item,
    appliedVersion: (found: SlotRecord) => boolean,
  ): Promise<SlotRecord | undefined> {
    const expression = 'SET #owner = :newOwner, #sharePerSecond = :share, #isLeaving = :leaving ADD #slotVersion :one';
    const command = new UpdateItemCommand({
      TableName: table,
      Key: slotItemKey(channel, index),
      UpdateExpression: expression,
      ConditionExpression: condition,
      ExpressionAttributeNames: namesIn(expression, condition),
      ExpressionAttributeValues: {
        ...{ ':newOwner': text(owner), ':share': number(sharePerSecond), ':leaving': { BOOL: isLeaving } },
        ...{ ':one': number(1), ...values },
      },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const written = await conditional(client.send(command));
    const item = written.held ? written.answer.Attributes : written.found;
    const slot = item && slotOf(index, item);
    const isApplied = (slot?.owner ?? noOwner) === owner;
    return slot && (written.held || (isApplied && appliedVersion(slot))) ? slot : undefined;
  }

  return {
    async ensure(channel, ratePerSecond, slots) {
      const found = await read(channel);
      const isSame = found?.ratePerSecond === ratePerSecond && found.slots === slots;
      if (found && isSame && isFull(found) && found.breaker === 'closed') return;
      if (found && (await isRunOpen(channel))) return;
      const condition = found ? '#generation = :seen' : 'attribute_not_exists(sk)';
      const command = new PutItemCommand({
        TableName: table,
        Item: budgetItemOf(channel, {
          ...{ ratePerSecond, effectiveRatePerSecond: ratePerSecond, slots, generation: (found?.generation ?? 0) + 1 },
          ...{ breaker: 'closed', pausedUntilMs: 0 },
        }),
        ConditionExpression: condition,
        ...(found
          ? {
              ExpressionAttributeNames: namesIn(condition),
              ExpressionAttributeValues: { ':seen': number(found.generation) },
            }
          : {}),
      });
      // A failed condition means that another has just written it, from the same sizing.
      await conditional(client.send(command));
    },
    read,
    async change(channel, seen, change) {
      const changed: Budget = { ...seen, ...change, generation: seen.generation + 1 };
      const condition = '#generation = :seen';
      const command = new PutItemCommand({
        TableName: table,
        Item: budgetItemOf(channel, changed),
        ConditionExpression: condition,
        ExpressionAttributeNames: namesIn(condition),
        ExpressionAttributeValues: { ':seen': number(seen.generation) },
      });
      return (await conditional(client.send(command))).held ? changed : undefined;
    },
    async listSlots(channel, isStrong = false) {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :budget',
        ExpressionAttributeValues: { ':budget': text(budgetPartitionKey(channel)) },
        ConsistentRead: isStrong,
      });
      const budget = items.find((item) => keysOf(item).sortKey === 'cfg');
      const stored = items.flatMap((item) => {
        const { sortKey } = keysOf(item);
        return sortKey.startsWith(slotPrefix) ? [slotOf(Number(sortKey.slice(slotPrefix.length)), item)] : [];
      });
      const byIndex = new Map(stored.map((slot) => [slot.index, slot]));
      const count = budget ? budgetOf(budget).slots : 0;
      const beyond = stored.filter(({ index, owner }) => index >= count && owner !== undefined);
      return [...Array.from({ length: count }, (_, index) => byIndex.get(index) ?? slotOf(index, {})), ...beyond];
    },
    acquire: (channel, seen, owner, sharePerSecond) => {
      const isFree = 'attribute_not_exists(#owner) OR #owner = :free';
      const condition = seen.owner === undefined ? isFree : `${isFree} OR #slotVersion = :seen`;
      const values = { ':free': text(noOwner), ...(seen.owner === undefined ? {} : { ':seen': number(seen.version) }) };
      const mine = { index: seen.index, owner, sharePerSecond, isLeaving: false };
      return changeSlot(channel, mine, condition, values, () => true);
    },
    renew: async (channel, mine) =>
      mine.owner === undefined
        ? undefined
        : changeSlot(
            channel,
            mine,
            isStillMine,
            { ':mine': text(mine.owner), ':version': number(mine.version) },
            (found) => found.version === mine.version + 1,
          ),
    async release(channel, mine) {
      if (mine.owner === undefined) return;
      const values = { ':mine': text(mine.owner), ':version': number(mine.version) };
      const free = { index: mine.index, owner: undefined, sharePerSecond: 0, isLeaving: false };
      await changeSlot(channel, free, isStillMine, values, () => true);
    },
  };
}

const isStillMine = '#owner = :mine AND #slotVersion = :version';

const budgetItemOf = (channel: ChannelName, budget: Budget): Item => ({
  ...budgetItemKey(channel),
  ...toAttributes({
    ratePerSecond: number(budget.ratePerSecond),
    effectiveRatePerSecond: number(budget.effectiveRatePerSecond),
    slots: number(budget.slots),
    generation: number(budget.generation),
    breaker: text(budget.breaker),
    pausedUntilMs: number(budget.pausedUntilMs),
  }),
});

function budgetOf(item: Item): Budget {
  const read = reader(item);
  return {
    ratePerSecond: read.number('ratePerSecond'),
    effectiveRatePerSecond: read.number('effectiveRatePerSecond'),
    slots: read.number('slots'),
    generation: read.number('generation'),
    breaker: read.text('breaker') as Budget['breaker'],
    pausedUntilMs: read.optionalNumber('pausedUntilMs') ?? 0,
  };
}

function slotOf(index: number, item: Item): SlotRecord {
  const read = reader(item);
  const owner = read.optionalText('owner');
  return {
    index,
    owner: owner === noOwner ? undefined : owner,
    version: read.optionalNumber('slotVersion') ?? 0,
    sharePerSecond: read.optionalNumber('sharePerSecond') ?? 0,
    isLeaving: read.isYes('isLeaving'),
  };
}
