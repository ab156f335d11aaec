import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type EndpointDirectory, highestSortKey, lowestSortKey, type PageRange } from '@quakewire/core';
import { type AttributeWord, namesIn } from '../attribute-names.ts';
import { type Item, keysOf, text } from '../attribute-values.ts';
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
];
const rowProjection = ['pk', 'sk', ...rowWords.map((word) => `#${word}`)].join(', ');

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
      return items.filter((item) => keysOf(item).sortKey < range.to).map((item) => endpointRowOf(channel, item));
    },
    async countByCountry(channel) {
      return (await countEndpoints({ client, table }))[channel];
    },
  };
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
