import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type SizingStore, sizingInForceSchema } from '@quakewire/core';
import { type Item, reader, text } from './attribute-values.ts';

export interface SizingStoreOptions {
  client: DynamoDBClient;
  /** The dispatch table. */
  table: string;
}

const key: Item = { pk: text('sizing'), sk: text('inForce') };

/** The sizing in force, one item that Terraform writes. */
export function createSizingStore({ client, table }: SizingStoreOptions): SizingStore {
  return {
    async read() {
      const { Item: item } = await client.send(
        new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }),
      );
      if (!item) throw new Error(`no sizing is in force: table ${table} has no item sizing / inForce; apply Terraform`);
      const result = sizingInForceSchema.safeParse(parseJson(reader(item).text('control')));
      if (result.success) return result.data;
      const fields = result.error.issues.map((issue) => issue.path.join('.') || '(whole value)');
      throw new Error(
        `the sizing in force (table ${table}, sizing / inForce) is malformed: check ${fields.join(', ')}`,
      );
    },
  };
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
