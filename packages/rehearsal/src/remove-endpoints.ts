import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Deployed, PlainEndpoint } from '@quakewire/demo';
import { endpointKey } from '@quakewire/dynamodb';

/** DynamoDB's limit for one call. */
const batchSize = 25;
const batchesAtOnce = 8;

/** Deletes the rows of those who leave, so that the next segment map is as small as the population. */
export async function removeEndpoints(endpoints: readonly PlainEndpoint[], deployed: Deployed): Promise<void> {
  const { stores, tables } = deployed;
  const table = tables.endpoints ?? '';
  const batches = Array.from({ length: Math.ceil(endpoints.length / batchSize) }, (_, index) =>
    endpoints.slice(index * batchSize, (index + 1) * batchSize),
  );
  const next = batches.values();
  const work = async (): Promise<void> => {
    for (const batch of next) {
      let pending = batch.map(keyOf).map((Key) => ({ DeleteRequest: { Key } }));
      while (pending.length > 0) {
        const command = new BatchWriteItemCommand({ RequestItems: { [table]: pending } });
        pending = ((await stores.client.send(command)).UnprocessedItems?.[table] ?? []) as typeof pending;
      }
    }
  };
  await Promise.all(Array.from({ length: batchesAtOnce }, work));
}

function keyOf(endpoint: PlainEndpoint) {
  const { cell, sortKey } = endpointKey(endpoint);
  return { pk: { S: `${endpoint.channel}#${cell}` }, sk: { S: sortKey } };
}
