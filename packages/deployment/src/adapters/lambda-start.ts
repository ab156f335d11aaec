import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { messageSchemaVersion } from '@quakewire/core';

/**
 * Starts a channel's consumer with a heartbeat, in the shape of an event source mapping's event.
 * @param prefix `quakewire-<environment>`.
 * @returns What the function said when it failed, or undefined.
 */
export function createStartConsumer(client: LambdaClient, prefix: string) {
  return async (channel: string): Promise<string | undefined> => {
    const message = { schema: messageSchemaVersion, type: 'heartbeat', channel };
    const topic = `dispatch.${channel}`;
    const record = {
      ...{ topic, partition: 0, offset: 0, timestamp: 0, timestampType: 'CREATE_TIME', headers: [] },
      value: Buffer.from(JSON.stringify(message)).toString('base64'),
    };
    const event = { eventSource: 'SelfManagedKafka', bootstrapServers: '', records: { [`${topic}-0`]: [record] } };
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({
        FunctionName: `${prefix}-consumer-${channel}`,
        Qualifier: 'live',
        Payload: JSON.stringify(event),
      }),
    );
    return FunctionError === undefined ? undefined : `${FunctionError}: ${Payload?.transformToString() ?? ''}`;
  };
}
