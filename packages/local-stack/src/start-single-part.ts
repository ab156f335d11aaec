import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, defaultDataFolder } from './folders.ts';
import { startEmulator } from './parts/emulator.ts';
import { startKafka } from './parts/kafka.ts';
import type { KafkaUser } from './parts/kafka-properties.ts';
import { startTables } from './parts/tables.ts';
import { choosePorts } from './processes/choose-ports.ts';
import { createProcesses, type Processes } from './processes/create-processes.ts';
import { installTool } from './toolchain/install-tool.ts';
import { createInstallers, type Installers } from './toolchain/installers.ts';
import { kafkaJars } from './toolchain/kafka-jars.ts';
import { ministack, ministackPython } from './toolchain/ministack.ts';
import { bringDynoxide } from './toolchain/prepare-toolchain.ts';

export interface SinglePartOptions {
  /** Says whose it is; each file of tests needs its own, or two that run in one process meet. */
  readonly name: string;
  readonly log?: (line: string) => void;
}

/** One Apache Kafka with nothing around it, for a package's own integration tests. */
export async function startBroker(
  options: SinglePartOptions,
): Promise<{ bootstrapServers: string; user: KafkaUser; stop: () => Promise<void> }> {
  return startAlone(options, async (processes, installers, folder) => {
    const user = { username: 'producer', password: 'local-only' };
    const { bootstrapServers } = await startKafka(processes, {
      jars: await installTool(kafkaJars(installers), installers),
      ports: await choosePorts(['kafka', 'kafkaInternal', 'kafkaController']),
      users: [user],
      folder: join(folder, 'kafka'),
      logFile: join(folder, 'kafka.log'),
    });
    return { part: { bootstrapServers, user } };
  });
}

/** One DynamoDB-compatible server, empty: the fast one, or the emulator's own where that cannot be built. */
export async function startTableServer(
  options: SinglePartOptions,
): Promise<{ url: string; pid: number; stop: () => Promise<void> }> {
  return startAlone(options, async (processes, installers, folder) => {
    const { port } = await choosePorts(['port']);
    const logFile = join(folder, 'tables.log');
    const program = await bringDynoxide(installers);
    if (program !== undefined) {
      const tables = await startTables(processes, { program, port, logFile });
      return { part: { url: tables.url, pid: tables.process.pid } };
    }
    return await emulatorOf(processes, installers, folder, port);
  });
}

/** One AWS emulator with nothing around it, e.g. for its S3. */
export async function startAwsEmulator(
  options: SinglePartOptions,
): Promise<{ url: string; pid: number; stop: () => Promise<void> }> {
  return startAlone(options, async (processes, installers, folder) => {
    const { port } = await choosePorts(['port']);
    return await emulatorOf(processes, installers, folder, port);
  });
}

async function emulatorOf(processes: Processes, installers: Installers, folder: string, port: number) {
  const url = `http://127.0.0.1:${port}`;
  const emulator = await startEmulator(processes, {
    python: ministackPython(await installTool(ministack(installers), installers)),
    port,
    gatewayUrl: url,
    tablesUrl: url,
    folder: join(folder, 'emulator'),
    logFile: join(folder, 'emulator.log'),
  });
  return { part: { url, pid: emulator.process.pid }, cleanUp: emulator.removeUnpacked };
}

async function startAlone<Part extends object>(
  { name, log = () => undefined }: SinglePartOptions,
  start: (
    processes: Processes,
    installers: Installers,
    folder: string,
  ) => Promise<{ part: Part; cleanUp?: () => Promise<void> }>,
): Promise<Part & { stop: () => Promise<void> }> {
  const folder = defaultDataFolder(`${name}-${process.pid}`);
  const processes = await createProcesses(folder, { ownerName: name, log });
  const stop = async () => {
    await processes.stopAll();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { part, cleanUp } = await start(
      processes,
      createInstallers(processes, { cacheFolder: cacheFolder(), log }),
      folder,
    );
    return { ...part, stop: () => stop().then(cleanUp) };
  } catch (error) {
    await stop();
    throw error;
  }
}
