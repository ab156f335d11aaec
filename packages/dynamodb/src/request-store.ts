import {
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { EndedRequest, Operator, RequestStore } from '@quakewire/core';
import { namesIn } from './attribute-names.ts';
import { number, text, toAttributes } from './attribute-values.ts';
import { conditional } from './conditional-write.ts';
import { queryAll } from './query-all.ts';
import { documentOf, readOpenRequest, writeOwn } from './request-documents.ts';
import { endedItemOf, endedPartitionKey, openKey, openPartitionKey, ownKey, type Written } from './request-items.ts';
import { endOfRetention, retentionSeconds } from './retention.ts';

export interface RequestStoreOptions {
  client: DynamoDBClient;
  /** The earthquakes table. */
  table: string;
  /** Time of day for the end of retention only, milliseconds since the epoch. */
  nowMs: () => number;
}

/**
 * What operators ask for. Each writes their documents below their own principal's key, where IAM lets nobody else write,
 * and then notes on the request's entry in the list that they did: the list finds the documents, they are the proof.
 */
export function createRequestStore({ client, table, nowMs }: RequestStoreOptions): RequestStore {
  const ttl = (): number => endOfRetention(nowMs(), retentionSeconds.earthquakes);
  const write = (author: Operator, kind: Written, id: string, document: unknown): Promise<boolean> =>
    writeOwn({ client, table }, ownKey(author.userId, kind, id), document, ttl());

  /** Notes on an open request who wrote; once noted, only the same principal may again. */
  async function note(id: string, word: 'approvedBy' | 'withdrawnBy', { userId }: Operator): Promise<boolean> {
    const update = `SET #${word} = :me`;
    const condition =
      word === 'approvedBy'
        ? '#requestedBy <> :me AND (attribute_not_exists(#approvedBy) OR #approvedBy = :me)'
        : 'attribute_exists(#requestedBy) AND (attribute_not_exists(#withdrawnBy) OR #withdrawnBy = :me)';
    const command = new UpdateItemCommand({
      TableName: table,
      Key: openKey(id),
      UpdateExpression: update,
      ConditionExpression: `attribute_exists(sk) AND ${condition}`,
      ExpressionAttributeNames: namesIn(update, condition),
      ExpressionAttributeValues: { ':me': text(userId) },
    });
    return (await conditional(client.send(command))).held;
  }

  return {
    async put(request) {
      const { id, requestedBy } = request;
      if (!(await write(requestedBy, 'request', id, request))) return false;
      const command = new PutItemCommand({
        TableName: table,
        Item: {
          ...openKey(id),
          ...toAttributes({ requestedBy: text(requestedBy.userId), timeToLive: number(ttl()) }),
        },
        ConditionExpression: 'attribute_not_exists(sk)',
      });
      return (await conditional(client.send(command))).held;
    },
    async approve(approval) {
      const { approvedBy, request } = approval;
      await write(approvedBy, 'approval', request.id, approval);
      return note(request.id, 'approvedBy', approvedBy);
    },
    async withdraw(withdrawal) {
      const { withdrawnBy, requestId } = withdrawal;
      await write(withdrawnBy, 'withdrawal', requestId, withdrawal);
      return note(requestId, 'withdrawnBy', withdrawnBy);
    },
    async listOpen() {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :requests',
        ExpressionAttributeValues: { ':requests': text(openPartitionKey) },
        ConsistentRead: true,
      });
      return Promise.all(items.map((item) => readOpenRequest({ client, table }, item)));
    },
    async end(ended) {
      const Item = endedItemOf(ended, ttl());
      const put = new PutItemCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(sk)' });
      await conditional(client.send(put));
      await client.send(new DeleteItemCommand({ TableName: table, Key: openKey(ended.id) }));
    },
    async listEnded(count) {
      const { Items: items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :ended',
          ExpressionAttributeValues: { ':ended': text(endedPartitionKey) },
          ScanIndexForward: false,
          Limit: count,
          ConsistentRead: true,
        }),
      );
      return items.map((item): EndedRequest => JSON.parse(documentOf(item)));
    },
  };
}
