import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kafka, logLevel } from 'kafkajs';
import type { Processes, RunningProcess } from '../processes/create-processes.ts';
import { createRestartable } from '../processes/create-restartable.ts';
import { runCommand } from '../processes/run-command.ts';
import { waitUntilHealthy } from '../processes/wait-until-healthy.ts';
import { type KafkaUser, kafkaProperties } from './kafka-properties.ts';

export interface KafkaPart {
  readonly process: Pick<RunningProcess, 'name' | 'logFile' | 'exited'>;
  /** Kills the broker at once (-9) and starts it again on its data, after `whileDown`; resolves when it answers. */
  readonly restart: (whileDown?: () => Promise<void>) => Promise<void>;
  /** host:port of the SASL/PLAIN listener. */
  readonly bootstrapServers: string;
}

export interface KafkaOptions {
  /** Folder with the broker's jars. */
  readonly jars: string;
  readonly ports: { readonly kafka: number; readonly kafkaInternal: number; readonly kafkaController: number };
  readonly users: readonly [KafkaUser, ...KafkaUser[]];
  /** Emptied by the caller; holds server.properties and the broker's data. */
  readonly folder: string;
  readonly logFile: string;
}

/** 22 characters of base64, as Kafka wants it; always the same, because each broker starts with empty data. */
const CLUSTER_ID = Buffer.from('quakewire-local!').toString('base64url');
const SMALL_JVM = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true'];
const DEADLINE_MS = 60_000;

/** Formats and starts one Apache Kafka broker (KRaft); ready when a SASL client gets the cluster's description. */
export async function startKafka(processes: Processes, options: KafkaOptions): Promise<KafkaPart> {
  const properties = join(options.folder, 'server.properties');
  await mkdir(options.folder, { recursive: true });
  await writeFile(
    properties,
    kafkaProperties({
      port: options.ports.kafka,
      internalPort: options.ports.kafkaInternal,
      controllerPort: options.ports.kafkaController,
      users: options.users,
      dataFolder: join(options.folder, 'data'),
    }),
    { mode: 0o600 },
  );
  const logging = `-Dlog4j2.configurationFile=${fileURLToPath(new URL('./log4j2.xml', import.meta.url))}`;
  const java = {
    command: 'java',
    environment: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' },
    logFile: options.logFile,
    workingFolder: options.folder,
  };
  const classPath = ['-cp', join(options.jars, '*')];
  await runCommand(processes, {
    ...java,
    name: 'kafka-format',
    args: [
      ...['-Xmx128m', ...SMALL_JVM, logging, ...classPath, 'kafka.tools.StorageTool'],
      ...['format', '--ignore-formatted', '-t', CLUSTER_ID, '-c', properties],
    ],
  });
  const bootstrapServers = `127.0.0.1:${options.ports.kafka}`;
  async function startBroker(): Promise<RunningProcess> {
    const broker = await processes.start({
      ...java,
      name: 'kafka',
      args: ['-Xms128m', '-Xmx256m', ...SMALL_JVM, logging, ...classPath, 'kafka.Kafka', properties],
    });
    await waitUntilHealthy({
      name: 'Kafka',
      check: () => describeCluster(bootstrapServers, options.users[0]),
      deadlineMs: DEADLINE_MS,
      exited: broker.exited,
      logFile: options.logFile,
    });
    return broker;
  }
  return { ...createRestartable(await startBroker(), startBroker), bootstrapServers };
}

async function describeCluster(bootstrapServers: string, user: KafkaUser): Promise<void> {
  const admin = new Kafka({
    clientId: 'quakewire-health',
    brokers: [bootstrapServers],
    sasl: { mechanism: 'plain', ...user },
    connectionTimeout: 1_000,
    requestTimeout: 2_000,
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  }).admin();
  try {
    await admin.connect();
    await admin.describeCluster();
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
