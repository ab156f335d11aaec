import { setTimeout as delay } from 'node:timers/promises';
import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { Item } from './attribute-values.ts';
import { forEachAtOnce } from './for-each-at-once.ts';

/** DynamoDB's limit for one call. */
const batchSize = 25;
const batchesAtOnce = 8;
const maximumRounds = 8;
const firstWaitMs = 50;

/**
 * Puts items, in no particular order; the same key twice is refused by DynamoDB. What a call leaves unprocessed (throttling)
 * is put again, more slowly.
 * @param wait between the rounds of a batch.
 * @throws when some items are still unprocessed after about 6 s.
 */
export async function batchWrite(
  client: DynamoDBClient,
  table: string,
  items: readonly Item[],
  wait: (ms: number) => Promise<unknown> = delay,
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(items.length / batchSize) }, (_, index) =>
    items.slice(index * batchSize, (index + 1) * batchSize),
  );
  await forEachAtOnce(batchesAtOnce, batches, (batch) => putBatch(client, table, batch, wait));
}

async function putBatch(
  client: DynamoDBClient,
  table: string,
  items: readonly Item[],
  wait: (ms: number) => Promise<unknown>,
): Promise<void> {
  let pending: WriteRequest[] = items.map((item) => ({ PutRequest: { Item: item } }));
  for (let round = 0; pending.length > 0; round++) {
    if (round === maximumRounds) throw new Error(`${pending.length} items of table ${table} stay unwritten: throttled`);
    if (round > 0) await wait(firstWaitMs * 2 ** (round - 1));
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: pending } }));
    pending = UnprocessedItems?.[table] ?? [];
  }
}
