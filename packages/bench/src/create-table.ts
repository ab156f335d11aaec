import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** One table with the keys that all tables have. */
export async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  const keys = [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ] as const;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [...keys],
    }),
  );
}
