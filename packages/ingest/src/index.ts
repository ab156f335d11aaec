import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { botSecretSchema, isPosting } from '@quakewire/broadcast';
import { connectAlertFiles } from '@quakewire/broadcast/s3';
import { createDynamoDbClient } from '@quakewire/dynamodb';
import { createKafkaWakeUpLog } from '@quakewire/kafka';
import { systemClock as clock, createLogger, createMetrics, readSecret } from '@quakewire/lambda-runtime';
import { createTelegramChannel } from '@quakewire/notifier-channels/telegram';
import * as z from 'zod';
import { createPorts } from './create-ports.ts';
import { readEnvironment } from './env.ts';
import { createHandler } from './handler.ts';
import { ingestKeysSchema } from './key-ring.ts';
import { createPostReceiver } from './receive-post.ts';

const environment = readEnvironment(process.env);
const bindings = { environment: environment.QUAKEWIRE_ENVIRONMENT, function: 'ingest' };
const logger = createLogger(environment.LOG_LEVEL, bindings);
const secrets = new SecretsManagerClient();
const credentials = await readSecret(
  secrets,
  environment.KAFKA_SECRET_ARN,
  z.strictObject({ username: z.string().min(1), password: z.string().min(1) }),
);
const wakeUps = createKafkaWakeUpLog(
  { bootstrapServers: environment.KAFKA_BOOTSTRAP_SERVERS, tls: environment.KAFKA_TLS, ...credentials },
  { threads: 1, clock, logger },
);
const readKeys = () => readSecret(secrets, environment.KEYS_SECRET_ARN, ingestKeysSchema);
const bot = isPosting(environment)
  ? createTelegramChannel({
      ...(await readSecret(secrets, environment.TELEGRAM_SECRET_ARN, botSecretSchema)),
      baseUrl: environment.TELEGRAM_BASE_URL,
    })
  : undefined;
const files = connectAlertFiles(environment.ALERT_FILES_BUCKET);
const metrics = createMetrics(bindings, clock.wallMs, (line) => process.stdout.write(`${line}\n`));
const clients = { client: createDynamoDbClient(), wakeUps, files, bot, readKeys, metrics, clock, logger };
const { broadcast, ...ports } = createPorts(environment, clients);

export const handler = createHandler({ receivePost: createPostReceiver(ports), broadcast, metrics, clock, logger });
