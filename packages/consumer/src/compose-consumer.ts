import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import {
  type Channel,
  cacheSegmentMaps,
  concerns,
  type Logger,
  measureSends,
  renderText,
  type WakeUp,
  type WorkerPorts,
  work,
} from '@quakewire/core';
import {
  createBudgetStore,
  createDynamoDbClient,
  createEndpointDirectory,
  createLedger,
  createRunStore,
  createSegmentMapStore,
  createSendMeasurements,
  createStoreTime,
} from '@quakewire/dynamodb';
import {
  addressKeysSchema,
  createAddressCipher,
  createLogger,
  readSecret,
  systemClock,
} from '@quakewire/lambda-runtime';
import type * as z from 'zod';
import { createDeadLetterQueue } from './dead-letter-queue.ts';
import type { ConsumerEnvironment } from './env.ts';
import { createHandler, type HandlerPorts } from './handler.ts';
import { keepMeasurements } from './keep-measurements.ts';
import { createStopLinks } from './stop-links.ts';

/** A clock that differs from the store's by more than this is worth a look. */
const notableSkewMs = 2_000;

/**
 * Everything that the consumers of all channels have in common; a channel adds its provider. Secrets are read and
 * connections opened here, in the function's init.
 */
export async function composeConsumer<Schema extends z.ZodType, OneChannel extends Channel>(
  env: ConsumerEnvironment,
  providerSecret: Schema,
  createChannel: (secret: z.infer<Schema>) => OneChannel,
  beatBy?: (channel: OneChannel, readSecretAnew: () => Promise<z.infer<Schema>>, log: Logger) => HandlerPorts['beat'],
): Promise<ReturnType<typeof createHandler>> {
  const log = createLogger(env.LOG_LEVEL, {
    environment: env.QUAKEWIRE_ENVIRONMENT,
    function: `consumer-${env.CHANNEL}`,
  });
  const client = createDynamoDbClient();
  const storeTime = createStoreTime({
    client,
    clock: systemClock,
    onMeasured: (skewMs) => {
      if (Math.abs(skewMs) > notableSkewMs) log.warn({ skewMs }, 'this clock is off by more than two seconds');
    },
  });
  const nowMs = systemClock.wallMs;
  const budgets = createBudgetStore({ client, table: env.DISPATCH_TABLE });
  const onUnreadable = (item: string, reason: string): void => log.error({ item, reason }, 'item cannot be read');
  const runs = createRunStore({ client, table: env.DISPATCH_TABLE, nowMs, onUnreadable });
  const maps = cacheSegmentMaps(createSegmentMapStore({ client, table: env.MAP_TABLE, nowMs }));
  // Opens connections, reads the map in force ahead, and each answer tells store time more exactly.
  const keepWarm = async (): Promise<void> => {
    await Promise.all([budgets.read(env.CHANNEL), runs.listOpen(env.CHANNEL)]);
    const version = await maps.currentVersion(env.CHANNEL);
    if (version !== undefined) await maps.read(env.CHANNEL, version);
  };
  const secrets = new SecretsManagerClient();
  const readProvider = () => readSecret(secrets, env.PROVIDER_SECRET_ARN, providerSecret);
  const [addressKeys, provider] = await Promise.all([
    readSecret(secrets, env.ADDRESS_KEY_SECRET_ARN, addressKeysSchema),
    readProvider(),
    keepWarm().catch(() => undefined),
  ]);
  const ownChannel = createChannel(provider);
  const measured = measureSends(ownChannel, systemClock);
  const ports: WorkerPorts = {
    runs,
    maps,
    ledger: createLedger({ client, table: env.LEDGER_TABLE, nowMs, onUnreadable }),
    budgets,
    endpoints: createEndpointDirectory({ client, table: env.ENDPOINTS_TABLE }),
    channel: measured.channel,
    deadLetters: createDeadLetterQueue(new SQSClient(), env.DEAD_LETTER_QUEUE_URL),
    clock: systemClock,
    storeTime,
    random: Math.random,
    log,
    openAddress: createAddressCipher(addressKeys).open,
    concerns,
    renderText,
    stopUrl: createStopLinks(env.STOP_BASE_URL),
  };
  const { channel, deadLetters } = { channel: env.CHANNEL, deadLetters: ports.deadLetters };
  return createHandler({
    ...{ channel, keepWarm, deadLetters, log },
    beat: beatBy?.(ownChannel, readProvider, log),
    work: keepMeasurements((wakeUp: WakeUp, shift) => work(wakeUp, shift, ports), {
      ...{ channel, log, take: measured.take },
      measurements: createSendMeasurements({ client, table: env.DISPATCH_TABLE }),
    }),
  });
}
