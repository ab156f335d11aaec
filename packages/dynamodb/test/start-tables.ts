import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AttributeValue, CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { cacheFolder } from '../../local-stack/src/folders.ts';
import { startEmulator } from '../../local-stack/src/parts/emulator.ts';
import { startTables as startTableServer } from '../../local-stack/src/parts/tables.ts';
import { choosePorts } from '../../local-stack/src/processes/choose-ports.ts';
import { createProcesses, type Processes } from '../../local-stack/src/processes/create-processes.ts';
import { dynoxide, dynoxideProgram } from '../../local-stack/src/toolchain/dynoxide.ts';
import { installTool } from '../../local-stack/src/toolchain/install-tool.ts';
import { createInstallers, type Installers } from '../../local-stack/src/toolchain/installers.ts';
import { ministack, ministackPython } from '../../local-stack/src/toolchain/ministack.ts';

/** The first run of all brings the table server; afterwards it is ready in a moment. */
export const installationMs = 600_000;

export interface Tables {
  url: string;
  client: DynamoDBClient;
  /** Another client, for a test that changes it. */
  connect(): DynamoDBClient;
  /** A new empty table with keys `pk` and `sk`; answers its name. */
  createTable(): Promise<string>;
  /** Writes an item as it is. */
  put(table: string, item: Record<string, AttributeValue>): Promise<void>;
  stop(): Promise<void>;
}

/** A DynamoDB of the local stack, with nothing around it: the fast table server, or the emulator where it cannot be built. */
export async function startTables(): Promise<Tables> {
  const folder = await mkdtemp(join(tmpdir(), 'quakewire-tables-'));
  const log = () => undefined;
  const processes = await createProcesses(folder, { ownerName: 'dynamodb tests', log });
  const installers = createInstallers(processes, { cacheFolder: cacheFolder(), log });
  const url = await startServer(processes, installers, folder);
  const clients: DynamoDBClient[] = [];
  const connect = (): DynamoDBClient => {
    const client = new DynamoDBClient({
      endpoint: url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    clients.push(client);
    return client;
  };
  const client = connect();
  return {
    url,
    client,
    connect,
    createTable: () => createTable(client),
    async put(table, item) {
      await client.send(new PutItemCommand({ TableName: table, Item: item }));
    },
    async stop() {
      for (const one of clients) one.destroy();
      await processes.stopAll();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startServer(processes: Processes, installers: Installers, folder: string): Promise<string> {
  const logFile = join(folder, 'tables.log');
  const { port } = await choosePorts(['port']);
  const server = await installTool(dynoxide(installers), installers).catch(() => undefined);
  if (server) return (await startTableServer(processes, { program: dynoxideProgram(server), port, logFile })).url;
  const url = `http://127.0.0.1:${port}`;
  const python = ministackPython(await installTool(ministack(installers), installers));
  await startEmulator(processes, {
    python,
    port,
    gatewayUrl: url,
    tablesUrl: url,
    folder: join(folder, 'emulator'),
    logFile,
  });
  return url;
}

async function createTable(client: DynamoDBClient): Promise<string> {
  const name = `test-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  return name;
}
