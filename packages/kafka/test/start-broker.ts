import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { cacheFolder } from '../../local-stack/src/folders.ts';
import { startKafka } from '../../local-stack/src/parts/kafka.ts';
import { choosePorts } from '../../local-stack/src/processes/choose-ports.ts';
import { createProcesses } from '../../local-stack/src/processes/create-processes.ts';
import { installTool } from '../../local-stack/src/toolchain/install-tool.ts';
import { createInstallers } from '../../local-stack/src/toolchain/installers.ts';
import { kafkaJars } from '../../local-stack/src/toolchain/kafka-jars.ts';
import type { KafkaConfig } from '../src/kafka-client.ts';

/** One Apache Kafka of the local stack, with nothing around it. */
export async function startBroker(): Promise<{ config: KafkaConfig; kafka: Kafka; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'quakewire-kafka-'));
  const silent = () => undefined;
  const processes = await createProcesses(folder, { ownerName: 'kafka tests', log: silent });
  const installers = createInstallers(processes, { cacheFolder: cacheFolder(), log: silent });
  const user = { username: 'producer', password: 'local-only' };
  const { bootstrapServers } = await startKafka(processes, {
    jars: await installTool(kafkaJars(installers), installers),
    ports: await choosePorts(['kafka', 'kafkaInternal', 'kafkaController']),
    users: [user],
    folder: join(folder, 'kafka'),
    logFile: join(folder, 'kafka.log'),
  });
  const sasl = { mechanism: 'plain', ...user } as const;
  return {
    config: { bootstrapServers, tls: false, ...user },
    kafka: new Kafka({ brokers: [bootstrapServers], sasl, logLevel: logLevel.NOTHING }),
    async stop() {
      await processes.stopAll();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
