import { type DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Budget, BudgetStore, ChannelName, SlotRecord } from '@quakewire/core';
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
  async function read(channel: ChannelName): Promise<Budget | undefined> {
    const { Item: item } = await client.send(new GetItemCommand({ TableName: table, Key: budgetItemKey(channel) }));
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
    index: number,
    owner: string,
    condition: string,
    values: Item,
    appliedVersion: (found: SlotRecord) => boolean,
  ): Promise<SlotRecord | undefined> {
    const expression = 'SET #owner = :newOwner ADD #slotVersion :one';
    const command = new UpdateItemCommand({
      TableName: table,
      Key: slotItemKey(channel, index),
      UpdateExpression: expression,
      ConditionExpression: condition,
      ExpressionAttributeNames: namesIn(expression, condition),
      ExpressionAttributeValues: { ':newOwner': text(owner), ':one': number(1), ...values },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const written = await conditional(client.send(command));
    const item = written.held ? written.answer.Attributes : written.found;
    const slot = item && slotOf(index, item);
    return slot && (written.held || (slot.owner === owner && appliedVersion(slot))) ? slot : undefined;
  }

  return {
    async ensure(channel, ratePerSecond, slots) {
      const found = await read(channel);
      if (found?.ratePerSecond === ratePerSecond && found.slots === slots) return;
      if (found && (await isRunOpen(channel))) return;
      const condition = found ? '#generation = :seen' : 'attribute_not_exists(sk)';
      const command = new PutItemCommand({
        TableName: table,
        Item: newBudgetItem(channel, ratePerSecond, slots, (found?.generation ?? 0) + 1),
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
    async listSlots(channel) {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :budget',
        ExpressionAttributeValues: { ':budget': text(budgetPartitionKey(channel)) },
      });
      const bySortKey = new Map(items.map((item) => [keysOf(item).sortKey, item]));
      const budget = bySortKey.get('cfg');
      const count = budget ? budgetOf(budget).slots : 0;
      return Array.from({ length: count }, (_, index) => slotOf(index, bySortKey.get(`${slotPrefix}${index}`) ?? {}));
    },
    acquire: (channel, seen, owner) => {
      const isFree = 'attribute_not_exists(#owner) OR #owner = :free';
      const condition = seen.owner === undefined ? isFree : `${isFree} OR #slotVersion = :seen`;
      const values = { ':free': text(noOwner), ...(seen.owner === undefined ? {} : { ':seen': number(seen.version) }) };
      return changeSlot(channel, seen.index, owner, condition, values, () => true);
    },
    renew: async (channel, mine) =>
      mine.owner === undefined
        ? undefined
        : changeSlot(
            channel,
            mine.index,
            mine.owner,
            '#owner = :mine AND #slotVersion = :version',
            { ':mine': text(mine.owner), ':version': number(mine.version) },
            (found) => found.version === mine.version + 1,
          ),
    async release(channel, mine) {
      if (mine.owner === undefined) return;
      const values = { ':mine': text(mine.owner), ':version': number(mine.version) };
      const condition = '#owner = :mine AND #slotVersion = :version';
      await changeSlot(channel, mine.index, noOwner, condition, values, () => true);
    },
  };
}

const newBudgetItem = (channel: ChannelName, ratePerSecond: number, slots: number, generation: number): Item => ({
  ...budgetItemKey(channel),
  ...toAttributes({
    ratePerSecond: number(ratePerSecond),
    effectiveRatePerSecond: number(ratePerSecond),
    slots: number(slots),
    generation: number(generation),
    breaker: text('closed'),
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
  };
}

function slotOf(index: number, item: Item): SlotRecord {
  const read = reader(item);
  const owner = read.optionalText('owner');
  return { index, owner: owner === noOwner ? undefined : owner, version: read.optionalNumber('slotVersion') ?? 0 };
}
