import {
  createDynamoDbClient,
  createEndpointCountStore,
  createEndpointPlaces,
  createSegmentMapStore,
  createSizingStore,
} from '@quakewire/dynamodb';
import { createLogger } from '@quakewire/lambda-runtime';
import { readEnvironment } from './env.ts';
import { createHandler } from './handler.ts';

const env = readEnvironment(process.env);
// Nobody waits for a map: rather a slow answer than the same megabyte asked for again.
const client = createDynamoDbClient({
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
});

export const handler = createHandler({
  channels: env.CHANNELS,
  places: createEndpointPlaces({ client, table: env.ENDPOINTS_TABLE }),
  maps: createSegmentMapStore({ client, table: env.MAP_TABLE, nowMs: Date.now }),
  sizing: createSizingStore({ client, table: env.DISPATCH_TABLE }),
  counts: createEndpointCountStore({ client, table: env.MAP_TABLE }),
  nowMs: Date.now,
  logger: createLogger(env.LOG_LEVEL, { function: 'segmenter', environment: env.QUAKEWIRE_ENVIRONMENT }),
});
