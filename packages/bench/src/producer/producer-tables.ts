import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTable } from '../create-table.ts';

/** The tables that a producer needs, empty, under the names of `functionEnvironment`. */
export async function createProducerTables(client: DynamoDBClient): Promise<void> {
  for (const name of ['earthquakes', 'dispatch', 'map', 'ledger']) await createTable(client, name);
}
