import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Processes, RunningProcess } from '../processes/create-processes.ts';
import { type FunctionProcess, listFunctionProcesses } from '../processes/function-processes.ts';
import { waitUntilHealthy } from '../processes/wait-until-healthy.ts';
import { fetchOk } from './fetch-ok.ts';

export const REGION = 'eu-central-1';

export interface EmulatorPart {
  readonly process: RunningProcess;
  readonly url: string;
  /** The processes in which functions run now. */
  readonly functionProcesses: () => FunctionProcess[];
  /** Removes what functions were unpacked into; to be called when the process is stopped. */
  readonly removeUnpacked: () => Promise<void>;
}

export interface EmulatorOptions {
  /** MiniStack's interpreter. */
  readonly python: string;
  readonly port: number;
  /** Where functions reach AWS: the gateway. */
  readonly gatewayUrl: string;
  /** Where functions reach DynamoDB. */
  readonly tablesUrl: string;
  readonly folder: string;
  readonly logFile: string;
}

/** Starts MiniStack: the AWS API, and Lambda functions as Node processes of its own process group. */
export async function startEmulator(processes: Processes, options: EmulatorOptions): Promise<EmulatorPart> {
  const home = join(options.folder, 'home');
  const unpacked = unpackFolder(options.folder);
  await mkdir(home, { recursive: true });
  await rm(unpacked, { recursive: true, force: true });
  await mkdir(unpacked, { mode: 0o700 });
  const emulator = await processes.start({
    name: 'emulator',
    command: options.python,
    args: ['-m', 'ministack'],
    workingFolder: options.folder,
    logFile: options.logFile,
    // MiniStack hands its whole environment to the functions, therefore a clean one.
    environment: {
      HOME: home,
      TMPDIR: unpacked,
      LANG: 'C.UTF-8',
      // The functions' `node`: the one that runs this program, the version of the Lambda runtime.
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(options.port),
      MINISTACK_REGION: REGION,
      LAMBDA_EXECUTOR: 'local',
      LOG_LEVEL: 'WARNING',
      AWS_ENDPOINT_URL: options.gatewayUrl,
      AWS_ENDPOINT_URL_DYNAMODB: options.tablesUrl,
    },
  });
  const url = `http://127.0.0.1:${options.port}`;
  await waitUntilHealthy({
    name: 'The AWS emulator (MiniStack)',
    check: () => fetchOk(`${url}/_ministack/health`),
    deadlineMs: 30_000,
    exited: emulator.exited,
    logFile: options.logFile,
  });
  return {
    process: emulator,
    url,
    functionProcesses: () => listFunctionProcesses(unpacked),
    removeUnpacked: () => rm(unpacked, { recursive: true, force: true }),
  };
}

/**
 * Outside of the checkout, on purpose: below it, functions would find its node_modules (a dependency missing in a zip would
 * go unnoticed), and its package.json would turn MiniStack's CommonJS worker into a module that cannot start. Always the
 * same for a data folder, so that the next start removes what a killed one left.
 */
function unpackFolder(folder: string): string {
  const mark = createHash('sha256').update(`${process.getuid?.()} ${folder}`).digest('hex').slice(0, 16);
  return join(tmpdir(), `quakewire-functions-${mark}`);
}
