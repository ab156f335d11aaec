import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SizingInForce } from '@quakewire/core';
import { createDynamoDbClient } from '@quakewire/dynamodb';
import { startTableServer } from '@quakewire/local-stack';
import { createTable } from '../create-table.ts';

export const tableNames = { endpoints: 'endpoints', map: 'map', ledger: 'ledger', dispatch: 'dispatch' } as const;

export interface CostTables {
  url: string;
  connect(): DynamoDBClient;
  stop(): Promise<void>;
}

/** The four tables of a dispatch, empty but for the sizing in force, on the local table server. */
export async function startCostTables(sizing: SizingInForce): Promise<CostTables> {
  const server = await startTableServer({ name: 'bench-cost' });
  const connect = (): DynamoDBClient =>
    createDynamoDbClient({
      endpoint: server.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  const client = connect();
  try {
    for (const name of Object.values(tableNames)) await createTable(client, name);
    const control = { S: JSON.stringify(sizing) };
    const Item = { pk: { S: 'sizing' }, sk: { S: 'inForce' }, control };
    await client.send(new PutItemCommand({ TableName: tableNames.dispatch, Item }));
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    client.destroy();
  }
  return { url: server.url, connect, stop: server.stop };
}
