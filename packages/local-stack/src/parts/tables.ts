import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { Processes, RunningProcess } from '../processes/create-processes.ts';
import { waitUntilHealthy } from '../processes/wait-until-healthy.ts';
import { REGION } from './emulator.ts';

export interface TablesPart {
  readonly process: RunningProcess;
  readonly url: string;
}

export interface TablesOptions {
  /** The dynoxide program. */
  readonly program: string;
  readonly port: number;
  readonly logFile: string;
}

/** Starts the fast DynamoDB-compatible server; its tables live in memory and begin empty. */
export async function startTables(processes: Processes, options: TablesOptions): Promise<TablesPart> {
  const server = await processes.start({
    name: 'tables',
    command: options.program,
    args: ['serve', '--host', '127.0.0.1', '--port', String(options.port)],
    environment: { LANG: 'C.UTF-8' },
    logFile: options.logFile,
  });
  const url = `http://127.0.0.1:${options.port}`;
  await waitUntilHealthy({
    name: 'The table server (dynoxide)',
    check: () => listTables(url),
    deadlineMs: 15_000,
    exited: server.exited,
    logFile: options.logFile,
  });
  return { process: server, url };
}

async function listTables(url: string): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: url,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  try {
    await client.send(new ListTablesCommand({}), { abortSignal: AbortSignal.timeout(1_000) });
  } finally {
    client.destroy();
  }
}
