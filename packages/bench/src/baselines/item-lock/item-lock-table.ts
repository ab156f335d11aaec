import { type AttributeValue, type DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type ChannelName, highestSortKey, type Outcome, outcomes } from '@quakewire/core';
import { conditional } from '../../../../dynamodb/src/conditional-write.ts';
import { cellPartitionKey, endpointRowOf } from '../../../../dynamodb/src/endpoints/endpoint-item.ts';
import type { ItemLock, ItemLocks, LockedRow } from './item-locks.ts';

type Item = Record<string, AttributeValue>;

/** The locks on the rows of the endpoints table: `lk` locked at, `lv` version, `la` run, `lo` outcome. */
export function createItemLockTable({ client, table }: { client: DynamoDBClient; table: string }): ItemLocks {
  const keyOf = (channel: ChannelName, { row, cell }: LockedRow): Item => ({
    pk: { S: cellPartitionKey(channel, cell) },
    sk: { S: row.sortKey },
  });
  async function update(Key: Item, set: string, condition: string, values: Item): Promise<boolean> {
    const command = new UpdateItemCommand({
      ...{ TableName: table, Key, UpdateExpression: set, ConditionExpression: condition },
      ExpressionAttributeValues: values,
    });
    return (await conditional(client.send(command))).held;
  }

  return {
    async readRange(channel, { cell, from, to }) {
      const rows: LockedRow[] = [];
      let startKey: Item | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: `pk = :cell AND sk BETWEEN :from AND :to`,
            ExpressionAttributeValues: {
              ':cell': { S: cellPartitionKey(channel, cell) },
              ':from': { S: from === '' ? ' ' : from },
              ':to': { S: to },
            },
            ...(startKey ? { ExclusiveStartKey: startKey } : {}),
          }),
        );
        for (const item of Items) {
          if (to !== highestSortKey && item.sk?.S === to) continue;
          rows.push({ row: endpointRowOf(channel, item), cell, lock: lockOf(item) });
        }
        startKey = LastEvaluatedKey;
      } while (startKey);
      return rows;
    },
    lock: (channel, seen, run, nowMs) =>
      update(
        keyOf(channel, seen),
        'SET lk = :now, lv = :next, la = :run REMOVE lo',
        `${seen.lock.version === 0 ? 'attribute_not_exists(lv)' : 'lv = :seen'} AND (attribute_not_exists(la) OR la <> :run)`,
        {
          ':now': { N: String(nowMs) },
          ':next': { N: String(seen.lock.version + 1) },
          ':run': { S: run },
          ...(seen.lock.version === 0 ? {} : { ':seen': { N: String(seen.lock.version) } }),
        },
      ),
    record: (channel, seen, outcome) =>
      update(keyOf(channel, seen), 'SET lo = :outcome', 'lv = :locked', {
        ':outcome': { S: outcome },
        ':locked': { N: String(seen.lock.version + 1) },
      }),
  };
}

function lockOf({ lv, la, lo }: Item): ItemLock {
  const outcome = outcomes.find((known): known is Outcome => known === lo?.S);
  return { version: Number(lv?.N ?? 0), ...(la?.S ? { run: la.S } : {}), ...(outcome ? { outcome } : {}) };
}
