import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createS3AlertFiles } from '@quakewire/broadcast/s3';
import { createDynamoDbClient } from '@quakewire/dynamodb';
import { createKafkaWakeUpLog } from '@quakewire/kafka';
import { systemClock as clock, createLogger, createMetrics, readSecret } from '@quakewire/lambda-runtime';
import * as z from 'zod';
import { createChats } from './create-chats.ts';
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
const chats = await createChats(environment, secrets);
// No alert waits for these files, but its answer does for a while.
const s3 = new S3Client({ maxAttempts: 4, requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } });
const files = createS3AlertFiles(s3, environment.ALERT_FILES_BUCKET);
const metrics = createMetrics(bindings, clock.wallMs, (line) => process.stdout.write(`${line}\n`));
const clients = { client: createDynamoDbClient(), wakeUps, files, chats, readKeys, metrics, clock, logger };
const { broadcast, ...ports } = createPorts(environment, clients);

export const handler = createHandler({ receivePost: createPostReceiver(ports), broadcast, metrics, clock, logger });
