import { fileURLToPath } from 'node:url';
import type { Processes, RunningProcess } from '../processes/create-processes.ts';

export interface NodeProgram {
  readonly name: string;
  /** A TypeScript file of this package, with its options as JSON in the first argument. */
  readonly file: URL;
  readonly options: unknown;
  readonly logFile: string;
}

/** Starts a program of this package as a process of its own, so that its work never waits behind the caller's. */
export function startNodeProgram(processes: Processes, program: NodeProgram): Promise<RunningProcess> {
  return processes.start({
    name: program.name,
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', fileURLToPath(program.file), JSON.stringify(program.options)],
    environment: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' },
    logFile: program.logFile,
  });
}
