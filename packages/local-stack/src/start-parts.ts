import { join } from 'node:path';
import { startEmulator } from './parts/emulator.ts';
import { startKafka } from './parts/kafka.ts';
import type { KafkaUser } from './parts/kafka-properties.ts';
import { startTables } from './parts/tables.ts';
import type { Processes, RunningProcess } from './processes/create-processes.ts';
import type { StackPorts } from './stack-ports.ts';
import type { Toolchain } from './toolchain/prepare-toolchain.ts';

export interface PartsOptions {
  readonly processes: Processes;
  readonly toolchain: Toolchain;
  readonly ports: StackPorts;
  readonly users: readonly [KafkaUser, ...KafkaUser[]];
  readonly dataFolder: string;
  readonly log: (line: string) => void;
}

export interface Parts {
  readonly running: readonly RunningProcess[];
  readonly bootstrapServers: string;
  readonly urls: { readonly gateway: string; readonly emulator: string; readonly tables: string };
}

/** Starts every part side by side; each is healthy when this resolves. */
export async function startParts(options: PartsOptions): Promise<Parts> {
  const { processes, toolchain, ports, dataFolder } = options;
  const urlOf = (port: number) => `http://127.0.0.1:${port}`;
  const logFile = (name: string) => join(dataFolder, 'logs', `${name}.log`);
  const hasTableServer = toolchain.dynoxideProgram !== undefined;
  const tablesUrl = urlOf(hasTableServer ? ports.tables : ports.emulator);
  const [kafka, emulator, tables] = await Promise.all([
    timed('Kafka', options.log, () =>
      startKafka(processes, {
        jars: toolchain.kafkaJars,
        ports,
        users: options.users,
        folder: join(dataFolder, 'kafka'),
        logFile: logFile('kafka'),
      }),
    ),
    timed('AWS emulator', options.log, () =>
      startEmulator(processes, {
        python: toolchain.ministackPython,
        port: ports.emulator,
        gatewayUrl: urlOf(ports.gateway),
        tablesUrl,
        folder: join(dataFolder, 'emulator'),
        logFile: logFile('emulator'),
      }),
    ),
    toolchain.dynoxideProgram === undefined
      ? undefined
      : timed('tables', options.log, (program = toolchain.dynoxideProgram as string) =>
          startTables(processes, { program, port: ports.tables, logFile: logFile('tables') }),
        ),
  ]);
  return {
    running: [kafka.process, emulator.process, ...(tables === undefined ? [] : [tables.process])],
    bootstrapServers: kafka.bootstrapServers,
    urls: { gateway: urlOf(ports.gateway), emulator: emulator.url, tables: tablesUrl },
  };
}

async function timed<T>(name: string, log: (line: string) => void, start: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const part = await start();
  log(`${name}: ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return part;
}
