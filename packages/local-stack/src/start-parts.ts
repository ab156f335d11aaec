import { join } from 'node:path';
import { startEmulator } from './parts/emulator.ts';
import { startGatewayProcess } from './parts/gateway.ts';
import { type KafkaPart, startKafka } from './parts/kafka.ts';
import type { KafkaUser } from './parts/kafka-properties.ts';
import { type SinkBehaviour, type SinksPart, startSinksProcess } from './parts/sinks.ts';
import { startTables } from './parts/tables.ts';
import type { Processes, RunningProcess } from './processes/create-processes.ts';
import type { FunctionProcess } from './processes/function-processes.ts';
import type { StackPorts } from './stack-ports.ts';
import type { Toolchain } from './toolchain/prepare-toolchain.ts';

export interface PartsOptions {
  readonly processes: Processes;
  readonly toolchain: Toolchain;
  readonly ports: StackPorts;
  /** The first one is also used for the broker's health check. */
  readonly users: readonly [KafkaUser, ...KafkaUser[]];
  readonly sinks: SinkBehaviour;
  /** Functions reach the tables through the gateway, which can throttle them; else straight, which saves a hop. */
  readonly tablesBehindGateway: boolean;
  readonly dataFolder: string;
  readonly log: (line: string) => void;
}

export interface Parts {
  readonly running: readonly Pick<RunningProcess, 'name' | 'logFile' | 'exited'>[];
  readonly restartKafka: KafkaPart['restart'];
  readonly functionProcesses: () => FunctionProcess[];
  /** Removes what lies outside of the data folder; to be called when all is stopped. */
  readonly cleanUp: () => Promise<void>;
  readonly bootstrapServers: string;
  readonly urls: {
    /** AWS, as Terraform and functions see it. */
    readonly gateway: string;
    /** MiniStack itself, without event source mappings for Kafka. */
    readonly emulator: string;
    /** DynamoDB, past the gateway. */
    readonly tables: string;
    /** The four providers and the sinks' control interface. */
    readonly sinks: SinksPart['urls'];
  };
}

/** Starts every part side by side; each is healthy when this resolves. */
export async function startParts(options: PartsOptions): Promise<Parts> {
  const { processes, toolchain, ports, dataFolder } = options;
  const logFile = (name: string) => join(dataFolder, 'logs', `${name}.log`);
  const tablesUrl = urlOf(toolchain.dynoxideProgram === undefined ? ports.emulator : ports.tables);
  const start = timer(options.log);
  const startTableServer = (program: string) =>
    start('tables', () => startTables(processes, { program, port: ports.tables, logFile: logFile('tables') }));
  const [kafka, emulator, tables, gateway, sinks] = await Promise.all([
    start('Kafka', () =>
      startKafka(processes, {
        jars: toolchain.kafkaJars,
        ports,
        users: options.users,
        folder: join(dataFolder, 'kafka'),
        logFile: logFile('kafka'),
      }),
    ),
    start('AWS emulator', () =>
      startEmulator(processes, {
        python: toolchain.ministackPython,
        port: ports.emulator,
        gatewayUrl: urlOf(ports.gateway),
        tablesUrl: options.tablesBehindGateway ? urlOf(ports.gateway) : tablesUrl,
        folder: join(dataFolder, 'emulator'),
        logFile: logFile('emulator'),
      }),
    ),
    toolchain.dynoxideProgram === undefined
      ? undefined // the emulator serves them
      : startTableServer(toolchain.dynoxideProgram),
    start('gateway', () =>
      startGatewayProcess(processes, {
        port: ports.gateway,
        emulatorUrl: urlOf(ports.emulator),
        tablesUrl,
        stateFile: join(dataFolder, 'gateway', 'state.json'),
        logFile: logFile('gateway'),
      }),
    ),
    start('provider sinks', () =>
      startSinksProcess(processes, { ports, behaviour: options.sinks, logFile: logFile('sinks') }),
    ),
  ]);
  return {
    running: [kafka, emulator, tables, gateway, sinks].flatMap((part) => part?.process ?? []),
    restartKafka: kafka.restart,
    functionProcesses: emulator.functionProcesses,
    cleanUp: emulator.removeUnpacked,
    bootstrapServers: kafka.bootstrapServers,
    urls: { gateway: gateway.url, emulator: emulator.url, tables: tablesUrl, sinks: sinks.urls },
  };
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Wraps a start so that the log tells how long it took. */
function timer(log: (line: string) => void) {
  return async <Part>(name: string, start: () => Promise<Part>): Promise<Part> => {
    const began = performance.now();
    const part = await start();
    log(`${name}: ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return part;
  };
}
