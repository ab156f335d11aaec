import type { Processes, RunningProcess } from '../processes/create-processes.ts';
import { waitUntilHealthy } from '../processes/wait-until-healthy.ts';
import type { SinkOptions, Sinks } from '../sinks/start-sinks.ts';
import type { StackPorts } from '../stack-ports.ts';
import { fetchOk } from './fetch-ok.ts';
import { startNodeProgram } from './node-program.ts';

export interface SinksPart {
  readonly process: RunningProcess;
  readonly urls: Sinks['urls'];
}

/** How the providers behave; their ports are the stack's matter. */
export type SinkBehaviour = Omit<SinkOptions, 'ports'>;

/** Starts the four provider sinks and their control interface as one process. */
export async function startSinksProcess(
  processes: Processes,
  options: { readonly ports: StackPorts; readonly behaviour: SinkBehaviour; readonly logFile: string },
): Promise<SinksPart> {
  const { sms, email, telegram, webhook, sinkControl: control } = options.ports;
  const ports = { sms, email, telegram, webhook, control };
  const sinks = await startNodeProgram(processes, {
    name: 'sinks',
    file: new URL('../sinks/main.ts', import.meta.url),
    options: { ...options.behaviour, ports },
    logFile: options.logFile,
  });
  const urls = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}`]));
  await waitUntilHealthy({
    name: 'The provider sinks',
    check: () => fetchOk(`${urls.control}/_sinks/health`),
    deadlineMs: 20_000,
    exited: sinks.exited,
    logFile: options.logFile,
  });
  return { process: sinks, urls: urls as Sinks['urls'] };
}
