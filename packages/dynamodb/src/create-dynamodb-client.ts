import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** One answer; far above DynamoDB's own (tens of milliseconds), far below any hold. */
const requestTimeoutMs = 2_000;
const connectionTimeoutMs = 1_000;
const agent = { keepAlive: true, maxSockets: 64 };

/**
 * A client for every table: connections are kept (a handshake costs tens of milliseconds), each attempt has a time-out
 * that throws, and retries are few, since the callers know better what to do than to wait.
 * @param config left out where the client is deployed: the SDK reads region, endpoint and credentials by itself.
 */
export function createDynamoDbClient(config: DynamoDBClientConfig = {}): DynamoDBClient {
  const client = new DynamoDBClient({
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
    ...config,
  });
  // It copies every answer for a log line that nobody reads.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
