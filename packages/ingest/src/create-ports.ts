import { type Clock, createReceiver, type Logger, readAhead } from '@quakewire/core';
import {
  createBudgetStore,
  type createDynamoDbClient,
  createEarthquakeStore,
  createPolicyStore,
  createReplayGuard,
  createRunStore,
  createSegmentMapStore,
  createSizingStore,
  createStoreTime,
} from '@quakewire/dynamodb';
import type { KafkaWakeUpLog } from '@quakewire/kafka';
import type { IngestEnvironment } from './env.ts';
import { createKeyRing, type IngestKeys } from './key-ring.ts';
import type { PostReceiverDeps } from './receive-post.ts';

export interface PortClients {
  client: ReturnType<typeof createDynamoDbClient>;
  wakeUps: KafkaWakeUpLog;
  readKeys: () => Promise<IngestKeys>;
  clock: Clock;
  logger: Logger;
}

/** Everything that a post needs, kept from invocation to invocation. */
export function createPorts(
  { CHANNELS, EARTHQUAKES_TABLE, DISPATCH_TABLE, MAP_TABLE }: IngestEnvironment,
  { client, wakeUps, readKeys, clock, logger }: PortClients,
): PostReceiverDeps {
  const nowMs = clock.wallMs;
  const dispatch = { client, table: DISPATCH_TABLE, nowMs };
  const ahead = readAhead(CHANNELS, {
    policies: createPolicyStore({ client, table: EARTHQUAKES_TABLE }),
    maps: createSegmentMapStore({ client, table: MAP_TABLE, nowMs }),
    sizing: createSizingStore(dispatch),
    wakeUps,
  });
  const receiver = {
    channels: CHANNELS,
    earthquakes: createEarthquakeStore({ client, table: EARTHQUAKES_TABLE, nowMs }),
    runs: createRunStore(dispatch),
    budgets: createBudgetStore(dispatch),
    clock,
    storeTime: createStoreTime({ client, clock }),
  };
  return {
    keys: createKeyRing(readKeys, clock, logger),
    replays: createReplayGuard({ client, table: EARTHQUAKES_TABLE }),
    refresh: ahead.refresh,
    receive: createReceiver(receiver, ahead, logger),
    clock,
    logger,
  };
}
