import { type DynamoDBClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import type { Archive } from '@quakewire/core';
import { type Item, text } from './attribute-values.ts';
import { pageRecordOf } from './page-item.ts';
import { queryAll } from './query-all.ts';
import { alertOf, alertPartitionKey } from './run-items.ts';

export interface ArchiveOptions {
  client: DynamoDBClient;
  dispatchTable: string;
  ledgerTable: string;
}

/** Past alerts and their ledger; a page is found without the run and the map that led to it, which are removed earlier. */
export function createArchive({ client, dispatchTable, ledgerTable }: ArchiveOptions): Archive {
  return {
    async alertsOf(earthquakeId) {
      const items = await queryAll(client, {
        TableName: dispatchTable,
        KeyConditionExpression: 'pk = :earthquake',
        ExpressionAttributeValues: { ':earthquake': text(alertPartitionKey(earthquakeId)) },
      });
      // The sort key is text: 10 comes before 9 there.
      return items.map(alertOf).sort((a, b) => a.seq - b.seq);
    },
    async *pages(earthquakeId) {
      const filter: Partial<ScanCommandInput> =
        earthquakeId === undefined
          ? {}
          : {
              FilterExpression: 'begins_with(pk, :earthquake)',
              ExpressionAttributeValues: { ':earthquake': text(`${earthquakeId}#`) },
            };
      for await (const items of scanPages(client, { TableName: ledgerTable, ...filter }))
        yield* items.map(pageRecordOf);
    },
  };
}

async function* scanPages(client: DynamoDBClient, input: ScanCommandInput): AsyncGenerator<Item[]> {
  let startKey: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand(startKey ? { ...input, ExclusiveStartKey: startKey } : input),
    );
    yield Items;
    startKey = LastEvaluatedKey;
  } while (startKey);
}
