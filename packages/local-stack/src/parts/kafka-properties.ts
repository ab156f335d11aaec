/** A user of the SASL listener. */
export interface KafkaUser {
  readonly username: string;
  readonly password: string;
}

export interface KafkaSettings {
  /** SASL/PLAIN: what clients use, as at Confluent Cloud. */
  readonly port: number;
  /** Without authentication, for the broker itself. */
  readonly internalPort: number;
  readonly controllerPort: number;
  readonly users: readonly KafkaUser[];
  readonly dataFolder: string;
}

/** server.properties of one broker that is its own controller (KRaft), bound to 127.0.0.1. */
export function kafkaProperties(settings: KafkaSettings): string {
  const brokerListeners = `PLAINTEXT://127.0.0.1:${settings.internalPort},SASL://127.0.0.1:${settings.port}`;
  const properties: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${settings.controllerPort}`,
    listeners: `${brokerListeners},CONTROLLER://127.0.0.1:${settings.controllerPort}`,
    'advertised.listeners': brokerListeners,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL:SASL_PLAINTEXT',
    'sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.sasl.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.sasl.plain.sasl.jaas.config': jaasConfig(settings.users),
    'log.dirs': settings.dataFolder,
    // Terraform owns the topics; a typing error must not make one.
    'auto.create.topics.enable': false,
    'num.partitions': 1,
    'default.replication.factor': 1,
    'min.insync.replicas': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 2,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    // A broker that was killed is back in 3.5 s instead of 12.3 s.
    'broker.heartbeat.interval.ms': 500,
    'broker.session.timeout.ms': 1500,
    // Two cores serve everything here: the defaults are meant for servers.
    'num.network.threads': 2,
    'num.io.threads': 4,
    'num.recovery.threads.per.data.dir': 1,
    'log.cleaner.dedupe.buffer.size': 2 * 1024 * 1024,
    // A wake-up is some 200 bytes; the default segment would only pre-allocate index files of 10 MiB.
    'log.index.size.max.bytes': 1024 * 1024,
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

function jaasConfig(users: readonly KafkaUser[]): string {
  for (const { username, password } of users) {
    if (!/^[\w-]+$/.test(username + password))
      throw new Error('A local Kafka user or password may hold letters, digits, "_" and "-" only.');
  }
  const entries = users.map(({ username, password }) => `user_${username}="${password}"`);
  return `org.apache.kafka.common.security.plain.PlainLoginModule required ${entries.join(' ')};`;
}
