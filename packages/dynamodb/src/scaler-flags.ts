import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type RaisedFlag, raisedFlagSchema, type ScalerFlag, type ScalerFlags, scalerFlagNames } from '@quakewire/core';
import { type Item, keysOf, reader, text, toAttributes } from './attribute-values.ts';
import { queryAll } from './query-all.ts';

export interface ScalerFlagsOptions {
  client: DynamoDBClient;
  /** The dispatch table. */
  table: string;
  nowMs: () => number;
}

const partitionKey = 'flags';

/** One item a flag. It is overwritten, never deleted: the scaler's role cannot delete anything. */
export function createScalerFlags({ client, table, nowMs }: ScalerFlagsOptions): ScalerFlags {
  const write = async (flag: ScalerFlag, raised: RaisedFlag | null): Promise<void> => {
    const item = { pk: text(partitionKey), sk: text(flag), ...toAttributes({ raised: text(JSON.stringify(raised)) }) };
    await client.send(new PutItemCommand({ TableName: table, Item: item }));
  };
  return {
    async read() {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :flags',
        ExpressionAttributeValues: { ':flags': text(partitionKey) },
        ConsistentRead: true,
      });
      return Object.fromEntries(items.flatMap(raisedFlagOf).filter(([, { untilMs }]) => !untilMs || untilMs > nowMs()));
    },
    raise: write,
    lower: (flag) => write(flag, null),
  };
}

function raisedFlagOf(item: Item): [ScalerFlag, RaisedFlag][] {
  const flag = scalerFlagNames.find((name) => name === keysOf(item).sortKey);
  const raised = raisedFlagSchema.nullable().parse(JSON.parse(reader(item).text('raised')));
  return flag === undefined || raised === null ? [] : [[flag, raised]];
}
