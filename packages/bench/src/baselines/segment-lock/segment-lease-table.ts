import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { RunKey } from '@quakewire/core';
import { conditional } from '../../../../dynamodb/src/conditional-write.ts';
import type { SegmentLease, SegmentLeases } from './segment-leases.ts';

type Item = Record<string, AttributeValue>;
type Condition = Pick<PutItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'>;

const number = (value: number): AttributeValue => ({ N: String(value) });
const keyOf = ({ earthquakeId, seq, channel }: RunKey, segmentId: number): Item => ({
  pk: { S: `LEASE#${earthquakeId}#${seq}#${channel}` },
  sk: { S: String(segmentId) },
});

/** Leases in the dispatch table: `ep` epoch, `bt` beat, `own` owner, `cur` cursor. */
export function createSegmentLeaseTable({ client, table }: { client: DynamoDBClient; table: string }): SegmentLeases {
  async function write(lease: SegmentLease, condition: Condition): Promise<SegmentLease | undefined> {
    const { key, segmentId, owner, epoch, beat, cursor } = lease;
    const Item: Item = {
      ...keyOf(key, segmentId),
      ...{ ep: number(epoch), bt: number(beat), cur: number(cursor) },
      ...(owner === undefined ? {} : { own: { S: owner } }),
    };
    const { held } = await conditional(client.send(new PutItemCommand({ TableName: table, Item, ...condition })));
    return held ? lease : undefined;
  }
  /** Epoch and beat grow with every write, so they alone tell whether an item is as it was. */
  const isAs = ({ epoch, beat }: SegmentLease): Condition => ({
    ConditionExpression: 'ep = :epoch AND bt = :beat',
    ExpressionAttributeValues: { ':epoch': number(epoch), ':beat': number(beat) },
  });

  return {
    async read(key, segmentId) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(key, segmentId), ConsistentRead: true }),
      );
      if (!Item) return undefined;
      const at = (name: string): number => Number(Item[name]?.N);
      return { key, segmentId, owner: Item.own?.S, epoch: at('ep'), beat: at('bt'), cursor: at('cur') };
    },
    take: (key, segmentId, seen, owner) =>
      write(
        { key, segmentId, owner, epoch: (seen?.epoch ?? 0) + 1, beat: 0, cursor: seen?.cursor ?? 0 },
        seen ? isAs(seen) : { ConditionExpression: 'attribute_not_exists(sk)' },
      ),
    renew: (mine, cursor) => write({ ...mine, beat: mine.beat + 1, cursor }, isAs(mine)),
    async release(mine) {
      await write({ ...mine, owner: undefined, beat: mine.beat + 1 }, isAs(mine));
    },
  };
}
