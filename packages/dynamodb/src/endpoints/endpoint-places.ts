import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type EndpointPlaces, type PlacedKey, unknownCountry } from '@quakewire/core';
import { namesIn } from '../attribute-names.ts';
import { type Item, keysOf, reader, sortKeyOf, text } from '../attribute-values.ts';
import { unpackPlace } from '../codecs/places.ts';
import { queryAll, queryPages } from '../query-all.ts';
import { cellPartitionKey, placeOf, registryPartitionKey } from './endpoint-item.ts';

export interface EndpointPlacesOptions {
  client: DynamoDBClient;
  table: string;
}

const projection = 'sk, #place, #country, #optedOut';

/** Keys, places and countries of all endpoints, for cutting segments and counting: streamed, nothing else is read. */
export function createEndpointPlaces({ client, table }: EndpointPlacesOptions): EndpointPlaces {
  return {
    async listCells(channel) {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :registry',
        ExpressionAttributeValues: { ':registry': text(registryPartitionKey(channel)) },
        ConsistentRead: true,
      });
      return items.map((item) => ({
        cell: keysOf(item).sortKey,
        centre: unpackPlace(reader(item).bytes('place')),
      }));
    },
    async *readPlaces(channel, cell) {
      const pages = queryPages(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :cell',
        ExpressionAttributeValues: { ':cell': text(cellPartitionKey(channel, cell)) },
        ProjectionExpression: projection,
        ExpressionAttributeNames: namesIn(projection),
      });
      for await (const items of pages) yield items.map(placedKeyOf);
    },
  };
}

const placedKeyOf = (item: Item): PlacedKey => ({
  sortKey: sortKeyOf(item),
  place: placeOf(item),
  country: reader(item).optionalText('country') ?? unknownCountry,
  optedOut: reader(item).isYes('optedOut'),
});
