import type { Logger } from '@quakewire/core';
import { Kafka, logLevel } from 'kafkajs';

/** How to reach the brokers. Without a user name there is no authentication (a private broker). */
export interface KafkaConfig {
  /** host:port, several separated by commas. */
  bootstrapServers: string;
  tls: boolean;
  /** SASL/PLAIN, as at Confluent Cloud. */
  username?: string;
  password?: string;
}

const connectionTimeoutMs = 3_000;
const requestTimeoutMs = 3_000;

export function createKafkaClient(config: KafkaConfig, logger: Logger): Kafka {
  const { username, password } = config;
  return new Kafka({
    clientId: 'quakewire',
    brokers: config.bootstrapServers.split(',').map((server) => server.trim()),
    ssl: config.tls,
    ...(username && password ? { sasl: { mechanism: 'plain', username, password } } : {}),
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    retry: { retries: 4, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.WARN,
    // kafkajs calls every retry an error; what finally fails is thrown and logged by the caller.
    logCreator: () => (entry) => logger.debug({ kafka: entry.log.message, part: entry.namespace }, 'kafka client says'),
  });
}
