import { randomUUID } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ReplayGuard } from '@quakewire/core';
import { number, reader, text, toAttributes } from './attribute-values.ts';
import { conditional } from './conditional-write.ts';

export interface ReplayGuardOptions {
  client: DynamoDBClient;
  /** The earthquakes table. */
  table: string;
}

/** An item a digest, which DynamoDB's time to live removes. */
export function createReplayGuard({ client, table }: ReplayGuardOptions): ReplayGuard {
  return {
    async admit(digest, untilMs) {
      const owner = randomUUID();
      const written = await conditional(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: {
              ...{ pk: text(`POST#${digest}`), sk: text('admitted') },
              ...toAttributes({ owner: text(owner), timeToLive: number(Math.ceil(untilMs / 1000)) }),
            },
            ConditionExpression: 'attribute_not_exists(sk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      // A retry meets what an attempt without an answer wrote.
      return written.held || (written.found !== undefined && reader(written.found).text('owner') === owner);
    },
  };
}
