import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createDynamoDbClient } from '@quakewire/dynamodb';
import { createKafkaWakeUpLog } from '@quakewire/kafka';
import { systemClock as clock, createLogger, readSecret } from '@quakewire/lambda-runtime';
import * as z from 'zod';
import { createPorts } from './create-ports.ts';
import { createShift } from './create-shift.ts';
import { readEnvironment } from './env.ts';
import { createHandler } from './handler.ts';
import { tellTestEndpoints } from './tell-test-endpoints.ts';

const environment = readEnvironment(process.env);
const bindings = { environment: environment.QUAKEWIRE_ENVIRONMENT, function: 'producer' };
const logger = createLogger(environment.LOG_LEVEL, bindings);
const credentials = await readSecret(
  new SecretsManagerClient(),
  environment.KAFKA_SECRET_ARN,
  z.strictObject({ username: z.string().min(1), password: z.string().min(1) }),
);
const wakeUps = createKafkaWakeUpLog(
  { bootstrapServers: environment.KAFKA_BOOTSTRAP_SERVERS, tls: environment.KAFKA_TLS, ...credentials },
  { threads: 1, clock, logger },
);
const ports = createPorts(environment, { client: createDynamoDbClient(), wakeUps, clock, logger });

export const handler = createHandler({
  startShift: createShift(environment.LOOP_SECONDS * 1000, ports),
  tellTestEndpoints: (name, channels) => tellTestEndpoints(name, channels, ports),
  logger,
});
