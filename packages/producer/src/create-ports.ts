import { type AlertFiles, createBroadcast, type PublicChats } from '@quakewire/broadcast';
import type { Logger, TimerClock } from '@quakewire/core';
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
  chats: PublicChats | undefined;
  clock: TimerClock;
  logger: Logger;
}

/** Everything that a shift needs, kept from invocation to invocation. */
export function createPorts(
  environment: ProducerEnvironment,
  { client, wakeUps, files, chats, clock, logger }: PortClients,
): ShiftPorts {
  const nowMs = clock.wallMs;
  const dispatch = { client, table: environment.DISPATCH_TABLE, nowMs };
  const onUnreadable = (item: string, reason: string): void => logger.error({ item, reason }, 'item cannot be read');
  const runs = createRunStore({ ...dispatch, onUnreadable });
  const bindings = { environment: environment.QUAKEWIRE_ENVIRONMENT, function: 'producer' };
  const metrics = createMetrics(bindings, nowMs, (line) => process.stdout.write(`${line}\n`));
  const { ALERT_FILES_URL: baseUrl, CAP_SENDER: id, CAP_SENDER_NAME: name } = environment;
  const broadcast = createBroadcast({
    publication: { files, sender: { id, name }, publisher: { baseUrl, name } },
    ...{ chats, runs, clock, log: logger },
    onFailure() {
      metrics.add('broadcast.failed', 1);
      metrics.flush();
    },
  });
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
    broadcast,
    metrics,
    clock,
    storeTime: createStoreTime({ client, clock }),
  };
}
