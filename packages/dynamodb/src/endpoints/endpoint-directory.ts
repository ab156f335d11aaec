import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type ChannelName,
  type EndpointDirectory,
  highestSortKey,
  lowestSortKey,
  type PageRange,
  type RowKey,
} from '@quakewire/core';
import { type AttributeWord, namesIn } from '../attribute-names.ts';
import { type Item, sortKeyOf, text } from '../attribute-values.ts';
import { queryAll } from '../query-all.ts';
import { countEndpoints } from './count-endpoints.ts';
import { cellPartitionKey, endpointRowOf } from './endpoint-item.ts';

export interface EndpointDirectoryOptions {
  client: DynamoDBClient;
  table: string;
}

const rowWords: AttributeWord[] = [
  'place',
  'country',
  'language',
  'sealedAddress',
  'minimumIntensity',
  'validFromMs',
  'validToMs',
  'optedOut',
  'quietHours',
  'backup',
  'isBackup',
];
const rowProjection = ['sk', ...rowWords.map((word) => `#${word}`)].join(', ');

/** Endpoint rows by page range, for those who send and those who count. */
export function createEndpointDirectory({ client, table }: EndpointDirectoryOptions): EndpointDirectory {
  return {
    async readRange(channel, range) {
      const items = await queryAll(client, {
        TableName: table,
        ...rangeCondition(cellPartitionKey(channel, range.cell), range),
        ProjectionExpression: rowProjection,
        ExpressionAttributeNames: namesIn(rowProjection),
      });
      return items.filter((item) => sortKeyOf(item) < range.to).map((item) => endpointRowOf(channel, item));
    },
    async readRows(channel, keys) {
      const items = await readByKeys({ client, table }, channel, keys);
      return items.map((item) => endpointRowOf(channel, item));
    },
    async countByCountry(channel) {
      return (await countEndpoints({ client, table }))[channel];
    },
  };
}

/** As many as one call takes. */
const keysPerCall = 100;

/** @throws when rows are still left out after a few calls: a table that busy must not look like rows that are gone. */
async function readByKeys(
  { client, table }: EndpointDirectoryOptions,
  channel: ChannelName,
  keys: readonly RowKey[],
): Promise<Item[]> {
  let left: Item[] = keys.map(({ cell, sortKey }) => ({
    pk: text(cellPartitionKey(channel, cell)),
    sk: text(sortKey),
  }));
  const found: Item[] = [];
  for (let calls = Math.ceil(left.length / keysPerCall) + 3; left.length > 0; calls--) {
    if (calls === 0) throw new Error(`${left.length} endpoint rows could not be read`);
    const request = {
      Keys: left.splice(0, keysPerCall),
      ProjectionExpression: rowProjection,
      ExpressionAttributeNames: namesIn(rowProjection),
    };
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: request } }),
    );
    found.push(...(Responses?.[table] ?? []));
    left = [...left, ...(UnprocessedKeys?.[table]?.Keys ?? [])];
  }
  return found;
}

/** BETWEEN includes its upper bound, and no key may be empty text, so open ends are left out. */
function rangeCondition(partitionKey: string, { from, to }: PageRange) {
  const values: Item = { ':cell': text(partitionKey) };
  const isFromStart = from === lowestSortKey;
  if (!isFromStart) values[':from'] = text(from);
  if (!isFromStart || to !== highestSortKey) values[':to'] = text(to);
  const bounds = isFromStart ? (to === highestSortKey ? '' : ' AND sk < :to') : ' AND sk BETWEEN :from AND :to';
  return { KeyConditionExpression: `pk = :cell${bounds}`, ExpressionAttributeValues: values };
}
