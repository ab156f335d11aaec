import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** One answer; far above DynamoDB's own (tens of milliseconds), far below any hold. */
const requestTimeoutMs = 2_000;

/**
 * A client for every table: connections are kept (a handshake costs tens of milliseconds), each attempt has a time-out
 * that throws, and retries are few, since the callers know better what to do than to wait. Endpoint and credentials come
 * from the SDK's own environment variables.
 */
export function createDynamoDbClient(options: { region?: string; maxSockets?: number } = {}): DynamoDBClient {
  const agent = { keepAlive: true, maxSockets: options.maxSockets ?? 64 };
  return new DynamoDBClient({
    ...(options.region ? { region: options.region } : {}),
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
}
