import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { PolicyStore } from '@quakewire/core';
import { type Item, keysOf, reader, text, toAttributes } from './attribute-values.ts';

export interface PolicyStoreOptions {
  client: DynamoDBClient;
  /** The earthquakes table. */
  table: string;
}

const partitionKey = 'POLICY';
const versionDigits = 9;
const sortKeyOf = (version: number): string => String(version).padStart(versionDigits, '0');

/** Versions of the alert policy, kept for ever: an alert names the one that it was decided by. */
export function createPolicyStore({ client, table }: PolicyStoreOptions): PolicyStore {
  async function newestItems(count: number): Promise<Item[]> {
    const { Items: items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :policy',
        ExpressionAttributeValues: { ':policy': text(partitionKey) },
        ScanIndexForward: false,
        Limit: count,
        ConsistentRead: true,
      }),
    );
    return items;
  }

  return {
    newest: async (count) =>
      (await newestItems(count)).map((item) => ({
        version: Number(keysOf(item).sortKey),
        document: parseJson(reader(item).optionalText('policy')),
      })),
    async put(policy) {
      const [newest] = await newestItems(1);
      const Item = {
        ...{ pk: text(partitionKey), sk: text(sortKeyOf(policy.version)) },
        ...toAttributes({ policy: text(JSON.stringify(policy)) }),
      };
      if (newest && keysOf(newest).sortKey >= sortKeyOf(policy.version)) return false;
      try {
        await client.send(
          new PutItemCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(sk)' }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

/** The document, or undefined for what is not JSON: it is then refused as a whole. */
function parseJson(value: string | undefined): unknown {
  try {
    return JSON.parse(value ?? '');
  } catch {
    return undefined;
  }
}
