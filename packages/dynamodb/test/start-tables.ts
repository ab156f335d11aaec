import { randomUUID } from 'node:crypto';
import { type AttributeValue, CreateTableCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startTableServer } from '@quakewire/local-stack';
import { createDynamoDbClient } from '../src/create-dynamodb-client.ts';

/** The first run of all brings the table server; afterwards it is ready in a moment. */
export const installationMs = 600_000;
/** Ending a process takes up to 12 s where the machine is busy. */
export const stopMs = 30_000;

export interface Tables {
  client: DynamoDBClient;
  /** Another client, for a test that changes it. */
  connect(): DynamoDBClient;
  /** A new empty table with keys `pk` and `sk`; answers its name. */
  createTable(): Promise<string>;
  /** Writes an item as it is. */
  put(table: string, item: Record<string, AttributeValue>): Promise<void>;
  stop(): Promise<void>;
}

/** A DynamoDB of the local stack, with nothing around it. @param name of the file of tests. */
export async function startTables(name: string): Promise<Tables> {
  const server = await startTableServer({ name: `dynamodb-${name}` });
  const clients: DynamoDBClient[] = [];
  const connect = (): DynamoDBClient => {
    const client = createDynamoDbClient({
      endpoint: server.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    clients.push(client);
    return client;
  };
  const client = connect();
  return {
    client,
    connect,
    createTable: () => createTable(client),
    async put(table, item) {
      await client.send(new PutItemCommand({ TableName: table, Item: item }));
    },
    async stop() {
      for (const one of clients) one.destroy();
      await server.stop();
    },
  };
}

async function createTable(client: DynamoDBClient): Promise<string> {
  const name = `test-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  return name;
}
