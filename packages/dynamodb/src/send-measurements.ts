import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type ChannelName, type SendMeasurements, sendMeasurementSchema } from '@quakewire/core';
import { number, reader, text, toAttributes } from './attribute-values.ts';
import { queryAll } from './query-all.ts';
import { endOfRetention, retentionSeconds } from './retention.ts';

export interface SendMeasurementsOptions {
  client: DynamoDBClient;
  /** The dispatch table. */
  table: string;
}

const partitionKey = (channel: ChannelName): string => `SENT#${channel}`;
/** Until the year 2286 all moments have as many digits, so that text sorts as numbers do. */
const sortKey = (lastAnsweredAtMs: number, worker = ''): string => `${lastAnsweredAtMs}#${worker}`;

/** One item a worker and shift, in the order of time. */
export function createSendMeasurements({ client, table }: SendMeasurementsOptions): SendMeasurements {
  return {
    async put(channel, worker, measurement) {
      const { lastAnsweredAtMs } = measurement;
      const item = {
        ...{ pk: text(partitionKey(channel)), sk: text(sortKey(lastAnsweredAtMs, worker)) },
        ...toAttributes({
          measurement: text(JSON.stringify(measurement)),
          timeToLive: number(endOfRetention(lastAnsweredAtMs, retentionSeconds.sendMeasurements)),
        }),
      };
      await client.send(new PutItemCommand({ TableName: table, Item: item }));
    },
    async since(channel, fromMs) {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :channel AND sk >= :from',
        ExpressionAttributeValues: { ':channel': text(partitionKey(channel)), ':from': text(sortKey(fromMs)) },
      });
      return items.map((item) => sendMeasurementSchema.parse(JSON.parse(reader(item).text('measurement'))));
    },
  };
}
