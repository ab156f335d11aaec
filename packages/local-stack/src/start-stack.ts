import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, defaultDataFolder } from './folders.ts';
import type { KafkaUser } from './parts/kafka-properties.ts';
import type { SinkBehaviour } from './parts/sinks.ts';
import { choosePorts } from './processes/choose-ports.ts';
import { createProcesses, type Processes } from './processes/create-processes.ts';
import type { FunctionProcess } from './processes/function-processes.ts';
import { stackEnvironment } from './stack-environment.ts';
import { STACK_PORTS, type StackPorts } from './stack-ports.ts';
import { type Parts, startParts } from './start-parts.ts';
import { createInstallers } from './toolchain/installers.ts';
import { prepareToolchain, type Toolchain } from './toolchain/prepare-toolchain.ts';
import { terraformCliConfig } from './toolchain/terraform-cli-config.ts';

export interface StackOptions {
  /** Ports that must be these; all others are chosen free. */
  readonly ports?: Partial<StackPorts>;
  /** Told what happens, a line at a time. */
  readonly log?: (line: string) => void;
  /** Emptied at the start. An earlier stack that still runs in the same folder is ended first. */
  readonly dataFolder?: string;
  /** How the provider sinks behave at first: latency, rates, faults. */
  readonly sinks?: SinkBehaviour;
  /** Functions reach the tables through the gateway, so that it can throttle them (`POST /_gateway/tables`). */
  readonly tablesBehindGateway?: boolean;
  /** What the next run calls this one if it has to end it. */
  readonly ownerName?: string;
}

export interface Stack {
  /** The variables that point Terraform, scripts and clients at the stack. */
  readonly environment: Record<string, string>;
  readonly kafka: {
    readonly bootstrapServers: string;
    readonly producer: KafkaUser;
    readonly ingest: KafkaUser;
    readonly mapping: KafkaUser;
    readonly admin: KafkaUser;
    /** Kills the broker at once (-9) and starts it again on its data; resolves when it answers. */
    readonly restart: (whileDown?: () => Promise<void>) => Promise<void>;
  };
  /** The processes in which functions run now, busy or kept warm. */
  readonly functionProcesses: () => FunctionProcess[];
  readonly urls: Parts['urls'];
  readonly dataFolder: string;
  /** Further children of the same run (a build, Terraform) are started through this, so that they end with it. */
  readonly processes: Processes;
  /** Resolves with the reason when a part ends by itself; never while all is well. */
  readonly broken: Promise<string>;
  /** Memory now, in bytes, shared pages counted once: of each part with all its children, of this process, and in all. */
  readonly memoryUse: () => MemoryUse;
  /** Ends every part; nothing remains when it resolves. Calling it again does nothing. */
  readonly stop: () => Promise<void>;
}

export interface MemoryUse {
  readonly totalBytes: number;
  readonly byPartBytes: Record<string, number>;
}

/** Brings the tools where needed and starts every part of the local stack on 127.0.0.1, with fresh data. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const log = options.log ?? (() => undefined);
  const dataFolder = options.dataFolder ?? defaultDataFolder('stack');
  const processes = await createProcesses(dataFolder, { ownerName: options.ownerName ?? 'local stack', log });
  try {
    return await startWith(processes, dataFolder, options);
  } catch (error) {
    await processes.stopAll();
    throw error;
  }
}

async function startWith(processes: Processes, dataFolder: string, options: StackOptions): Promise<Stack> {
  const log = options.log ?? (() => undefined);
  emptyFolder(dataFolder);
  const toolchain = await prepareToolchain(createInstallers(processes, { cacheFolder: cacheFolder(), log }));
  const ports = await choosePorts(STACK_PORTS, options.ports);
  const [producer, ingest, mapping] = [createUser('producer'), createUser('ingest'), createUser('mapping')];
  const admin = createUser('terraform');
  const users = [admin, producer, ingest, mapping] as const;
  const { sinks = {}, tablesBehindGateway = false } = options;
  const parts = await startParts({ processes, toolchain, ports, users, sinks, tablesBehindGateway, dataFolder, log });
  const terraformCliConfigFile = writeCliConfig(dataFolder, toolchain);
  let stopped: Promise<void> | undefined;
  return {
    environment: stackEnvironment({
      gatewayUrl: parts.urls.gateway,
      bootstrapServers: parts.bootstrapServers,
      sinks: parts.urls.sinks,
      admin,
      terraformCliConfigFile,
    }),
    kafka: { bootstrapServers: parts.bootstrapServers, producer, ingest, mapping, admin, restart: parts.restartKafka },
    functionProcesses: parts.functionProcesses,
    urls: parts.urls,
    dataFolder,
    processes,
    broken: firstUnexpectedEnd(parts.running, () => stopped !== undefined),
    memoryUse: () => sumUp(processes.memoryBytes()),
    stop() {
      stopped ??= processes.stopAll().then(parts.cleanUp);
      return stopped;
    },
  };
}

/** Everything but the records of running processes and the lock beside them. */
function emptyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder).filter((entry) => entry !== 'run'))
    rmSync(join(folder, name), { recursive: true, force: true });
}

function createUser(username: string): KafkaUser {
  return { username, password: randomBytes(18).toString('base64url') };
}

function writeCliConfig(dataFolder: string, toolchain: Toolchain): string {
  const file = join(dataFolder, 'terraform.rc');
  writeFileSync(file, terraformCliConfig(toolchain.terraformProviders));
  return file;
}

function firstUnexpectedEnd(running: Parts['running'], isStopping: () => boolean): Promise<string> {
  return new Promise((resolve) => {
    for (const one of running) {
      void one.exited.then(({ code, signal }) => {
        if (!isStopping())
          resolve(`${one.name} ended by itself (${signal ?? `exit code ${code}`}); its log: ${one.logFile}`);
      });
    }
  });
}

function sumUp(byPartBytes: Record<string, number>): MemoryUse {
  return { totalBytes: Object.values(byPartBytes).reduce((sum, bytes) => sum + bytes, 0), byPartBytes };
}
