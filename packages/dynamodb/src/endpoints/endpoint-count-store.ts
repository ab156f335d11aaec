import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type ChannelName, type EndpointCountStore, endpointCountsSchema } from '@quakewire/core';
import { namesIn } from '../attribute-names.ts';
import { type Item, number, reader, text, toAttributes } from '../attribute-values.ts';
import { conditional } from '../conditional-write.ts';

export interface EndpointCountStoreOptions {
  client: DynamoDBClient;
  /** The table of segment maps: counts come from the same reading of all rows. */
  table: string;
}

const countItemKey = (channel: ChannelName): Item => ({ pk: text(`M#${channel}`), sk: text('count') });

/** One item a channel. */
export function createEndpointCountStore({ client, table }: EndpointCountStoreOptions): EndpointCountStore {
  return {
    async read(channel) {
      const { Item: item } = await client.send(new GetItemCommand({ TableName: table, Key: countItemKey(channel) }));
      if (!item) return undefined;
      const [counts, countedAtMs] = [reader(item).text('counts'), reader(item).number('countedAtMs')];
      return endpointCountsSchema.parse({ byCountry: JSON.parse(counts), countedAtMs });
    },
    async write(channel, { byCountry, countedAtMs }) {
      const condition = 'attribute_not_exists(sk) OR #countedAtMs < :countedAtMs';
      const command = new PutItemCommand({
        TableName: table,
        Item: {
          ...countItemKey(channel),
          ...toAttributes({ counts: text(JSON.stringify(byCountry)), countedAtMs: number(countedAtMs) }),
        },
        ConditionExpression: condition,
        ExpressionAttributeNames: namesIn(condition),
        ExpressionAttributeValues: { ':countedAtMs': number(countedAtMs) },
      });
      await conditional(client.send(command));
    },
  };
}
