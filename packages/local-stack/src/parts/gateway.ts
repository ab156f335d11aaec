import type { GatewayOptions } from '../gateway/start-gateway.ts';
import type { Processes, RunningProcess } from '../processes/create-processes.ts';
import { waitUntilHealthy } from '../processes/wait-until-healthy.ts';
import { fetchOk } from './fetch-ok.ts';
import { startNodeProgram } from './node-program.ts';

export interface GatewayPart {
  readonly process: RunningProcess;
  readonly url: string;
}

/** What the gateway's program takes: the gateway's options without those that are code. */
export type GatewayProgramOptions = Pick<GatewayOptions, 'port' | 'emulatorUrl' | 'tablesUrl' | 'stateFile'>;

/** Starts the gateway before the emulator; healthy when the emulator's own health check passes through it. */
export async function startGatewayProcess(
  processes: Processes,
  options: GatewayProgramOptions & { readonly logFile: string },
): Promise<GatewayPart> {
  const { logFile, ...programOptions } = options;
  const gateway = await startNodeProgram(processes, {
    name: 'gateway',
    file: new URL('../gateway/main.ts', import.meta.url),
    options: programOptions,
    logFile,
  });
  const url = `http://127.0.0.1:${options.port}`;
  await waitUntilHealthy({
    name: 'The gateway',
    check: () => fetchOk(`${url}/_ministack/health`),
    deadlineMs: 30_000,
    exited: gateway.exited,
    logFile,
  });
  return { process: gateway, url };
}
