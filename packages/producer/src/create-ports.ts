import { type AlertFiles, connectBroadcast } from '@quakewire/broadcast';
import type { Channel, Logger, TimerClock } from '@quakewire/core';
import {
  createBudgetStore,
  type createDynamoDbClient,
  createEarthquakeStore,
  createLeaderLease,
  createLedger,
  createPolicyStore,
  createRequestStore,
  createRunStore,
  createSegmentMapStore,
  createSizingStore,
  createStoreTime,
} from '@quakewire/dynamodb';
import type { KafkaWakeUpLog } from '@quakewire/kafka';
import { createMetrics } from '@quakewire/lambda-runtime';
import type { ShiftPorts } from './create-shift.ts';
import type { ProducerEnvironment } from './env.ts';
import { createListeners } from './sources/listeners.ts';

export interface PortClients {
  client: ReturnType<typeof createDynamoDbClient>;
  wakeUps: KafkaWakeUpLog;
  files: AlertFiles;
  /** Posts to public chats, where there are any. */
  bot: Channel | undefined;
  clock: TimerClock;
  logger: Logger;
}

/** Everything that a shift needs, kept from invocation to invocation. */
export function createPorts(
  environment: ProducerEnvironment,
  { client, wakeUps, files, bot, clock, logger }: PortClients,
): ShiftPorts {
  const nowMs = clock.wallMs;
  const dispatch = { client, table: environment.DISPATCH_TABLE, nowMs };
  const onUnreadable = (item: string, reason: string): void => logger.error({ item, reason }, 'item cannot be read');
  const runs = createRunStore({ ...dispatch, onUnreadable });
  const bindings = { environment: environment.QUAKEWIRE_ENVIRONMENT, function: 'producer' };
  const metrics = createMetrics(bindings, nowMs, (line) => process.stdout.write(`${line}\n`));
  return {
    channels: environment.CHANNELS,
    earthquakes: createEarthquakeStore({ client, table: environment.EARTHQUAKES_TABLE, nowMs }),
    requests: createRequestStore({ client, table: environment.EARTHQUAKES_TABLE, nowMs }),
    policies: createPolicyStore({ client, table: environment.EARTHQUAKES_TABLE }),
    runs,
    ledger: createLedger({ client, table: environment.LEDGER_TABLE, nowMs, onUnreadable }),
    maps: createSegmentMapStore({ client, table: environment.MAP_TABLE, nowMs }),
    budgets: createBudgetStore(dispatch),
    sizing: createSizingStore(dispatch),
    leader: createLeaderLease(dispatch),
    standby: createLeaderLease({ ...dispatch, role: 'standby' }),
    wakeUps,
    ...createListeners(environment.feeds, { clock, random: Math.random, logger }),
    broadcast: connectBroadcast(environment, { files, bot, runs, clock, log: logger, metrics }),
    metrics,
    clock,
    storeTime: createStoreTime({ client, clock }),
  };
}
