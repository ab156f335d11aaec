import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { LeaderLease, LeaseRecord } from '@quakewire/core';
import { namesIn, noOwner } from './attribute-names.ts';
import { type Item, number, reader, text } from './attribute-values.ts';
import { conditional } from './conditional-write.ts';

export interface LeaderLeaseOptions {
  client: DynamoDBClient;
  /** The dispatch table. */
  table: string;
  /** Who acts, or who is next. */
  role?: 'lease' | 'standby';
}

const isMine = '#epoch = :epoch AND #owner = :owner';

/** The producer's lease: one item, compared and set, never judged by a time of day. */
export function createLeaderLease({ client, table, role = 'lease' }: LeaderLeaseOptions): LeaderLease {
  const key: Item = { pk: text('LEADER'), sk: text(role) };
  /** The lease after a change whose condition held, or whose failed condition shows that it was applied before. */
  async function change(
    expression: string,
    condition: string,
    values: Item,
    isApplied: (found: LeaseRecord) => boolean,
  ): Promise<LeaseRecord | undefined> {
    const command = new UpdateItemCommand({
      TableName: table,
      Key: key,
      UpdateExpression: expression,
      ConditionExpression: condition,
      ExpressionAttributeNames: namesIn(expression, condition),
      ExpressionAttributeValues: values,
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const written = await conditional(client.send(command));
    const item = written.held ? written.answer.Attributes : written.found;
    const lease = item && leaseOf(item);
    return lease && (written.held || isApplied(lease)) ? lease : undefined;
  }

  return {
    async read() {
      const { Item: item } = await client.send(
        new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }),
      );
      return item && leaseOf(item);
    },
    take(seen, owner) {
      const epoch = (seen?.epoch ?? 0) + 1;
      return change(
        'SET #owner = :me, #beat = :none, #epoch = :next',
        seen ? `${isMine} AND #beat = :beat` : 'attribute_not_exists(sk)',
        {
          ...{ ':me': text(owner), ':none': number(0), ':next': number(epoch) },
          ...(seen ? { ...heldBy(seen), ':beat': number(seen.beat) } : {}),
        },
        (found) => found.owner === owner && found.epoch === epoch,
      );
    },
    renew: (mine) => change('ADD #beat :one', isMine, { ...heldBy(mine), ':one': number(1) }, () => false),
    async release(mine) {
      const values = { ...heldBy(mine), ':free': text(noOwner), ':one': number(1) };
      await change('SET #owner = :free ADD #beat :one', isMine, values, () => true);
    },
  };
}

const heldBy = ({ epoch, owner = noOwner }: LeaseRecord): Item => ({ ':epoch': number(epoch), ':owner': text(owner) });

function leaseOf(item: Item): LeaseRecord {
  const read = reader(item);
  const owner = read.text('owner');
  return { owner: owner === noOwner ? undefined : owner, epoch: read.number('epoch'), beat: read.number('beat') };
}
