import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from './attribute-values.ts';

/** The answers of a query, page by page (each at most 1 MB). */
export async function* queryPages(client: DynamoDBClient, input: QueryCommandInput): AsyncGenerator<Item[]> {
  let startKey: Item | undefined;
  do {
    const page = startKey ? { ...input, ExclusiveStartKey: startKey } : input;
    const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(page));
    yield Items;
    startKey = LastEvaluatedKey;
  } while (startKey);
}

/** All items of a query, in key order. */
export async function queryAll(client: DynamoDBClient, input: QueryCommandInput): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of queryPages(client, input)) items.push(...page);
  return items;
}
