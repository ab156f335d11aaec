import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { approvalSchema, type OpenRequest, type Operator, requestSchema, withdrawalSchema } from '@quakewire/core';
import { type Item, keysOf, reader } from './attribute-values.ts';
import { conditional } from './conditional-write.ts';
import { ownItemOf, ownKey, type Written } from './request-items.ts';

interface Table {
  client: DynamoDBClient;
  table: string;
}

/** A document where only its author may write. @returns false if another document is there. */
export async function writeOwn({ client, table }: Table, key: Item, document: unknown, ttl: number): Promise<boolean> {
  const item = ownItemOf(key, document, ttl);
  const put = new PutItemCommand({
    TableName: table,
    Item: item,
    ConditionExpression: 'attribute_not_exists(sk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const answer = await conditional(client.send(put));
  return answer.held || (answer.found !== undefined && documentOf(answer.found) === documentOf(item));
}

/** A listed request with what its people wrote. */
export async function readOpenRequest(table: Table, listed: Item): Promise<OpenRequest> {
  const id = keysOf(listed).sortKey;
  const { optionalText } = reader(listed);
  const [requested, approved, withdrawn] = await Promise.all([
    readOwn(table, optionalText('requestedBy'), 'request', id),
    readOwn(table, optionalText('approvedBy'), 'approval', id),
    readOwn(table, optionalText('withdrawnBy'), 'withdrawal', id),
  ]);
  const request = requestSchema.safeParse(requested?.document).data;
  const approval = approvalSchema.safeParse(approved?.document).data;
  const withdrawal = withdrawalSchema.safeParse(withdrawn?.document).data;
  return {
    id,
    ...(request && request.id === id && isBy(request.requestedBy, requested) && { request }),
    ...(approval && isBy(approval.approvedBy, approved) && { approval }),
    ...(withdrawal && isBy(withdrawal.withdrawnBy, withdrawn) && { withdrawal }),
  };
}

interface Own {
  userId: string;
  document: unknown;
}

/** Nobody may write in another's name: a document that names another than its place does proves nothing. */
const isBy = ({ userId }: Operator, own: Own | undefined): boolean => userId === own?.userId;

async function readOwn(
  { client, table }: Table,
  userId: string | undefined,
  written: Written,
  id: string,
): Promise<Own | undefined> {
  if (userId === undefined) return undefined;
  const Key = ownKey(userId, written, id);
  const { Item: item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return item && { userId, document: parseJson(documentOf(item)) };
}

export const documentOf = (item: Item): string => reader(item).text('request');

/** Undefined for what is not JSON. */
function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
