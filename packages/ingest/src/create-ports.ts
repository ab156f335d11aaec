import { type AlertFiles, connectBroadcast } from '@quakewire/broadcast';
import { type Broadcast, type Channel, createReceiver, type Logger, readAhead, type TimerClock } from '@quakewire/core';
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
import type { Metrics } from '@quakewire/lambda-runtime';
import type { IngestEnvironment } from './env.ts';
import { createKeyRing, type IngestKeys } from './key-ring.ts';
import type { PostReceiverDeps } from './receive-post.ts';

export interface PortClients {
  client: ReturnType<typeof createDynamoDbClient>;
  wakeUps: KafkaWakeUpLog;
  files: AlertFiles;
  /** Posts to public chats, where there are any. */
  bot: Channel | undefined;
  readKeys: () => Promise<IngestKeys>;
  metrics: Metrics;
  clock: TimerClock;
  logger: Logger;
}

/** Everything that a post needs, kept from invocation to invocation. */
export function createPorts(
  environment: IngestEnvironment,
  { client, wakeUps, files, bot, readKeys, metrics, clock, logger }: PortClients,
): PostReceiverDeps & { broadcast: Broadcast } {
  const { CHANNELS, EARTHQUAKES_TABLE, DISPATCH_TABLE, MAP_TABLE } = environment;
  const nowMs = clock.wallMs;
  const dispatch = { client, table: DISPATCH_TABLE, nowMs };
  const runs = createRunStore(dispatch);
  const broadcast = connectBroadcast(environment, { files, bot, runs, clock, log: logger, metrics });
  const ahead = readAhead(CHANNELS, {
    policies: createPolicyStore({ client, table: EARTHQUAKES_TABLE }),
    maps: createSegmentMapStore({ client, table: MAP_TABLE, nowMs }),
    sizing: createSizingStore(dispatch),
    wakeUps,
  });
  const receiver = {
    channels: CHANNELS,
    earthquakes: createEarthquakeStore({ client, table: EARTHQUAKES_TABLE, nowMs }),
    runs,
    broadcast,
    budgets: createBudgetStore(dispatch),
    clock,
    storeTime: createStoreTime({ client, clock }),
  };
  return {
    keys: createKeyRing(readKeys, clock, logger),
    replays: createReplayGuard({ client, table: EARTHQUAKES_TABLE }),
    refresh: ahead.refresh,
    receive: createReceiver(receiver, ahead, logger),
    tellExercises: environment.TELL_EXERCISES,
    broadcast,
    clock,
    logger,
  };
}
