import type { ProcessExit, RunningProcess } from './create-processes.ts';
import { sendSignal } from './end-process.ts';

export interface Restartable {
  /** Of all its lives: `exited` is an end that nobody asked for. */
  readonly process: Pick<RunningProcess, 'name' | 'logFile' | 'exited'>;
  /** Kills it at once (-9) and starts it again; `whileDown` ends in between. */
  readonly restart: (whileDown?: () => Promise<void>) => Promise<void>;
}

/** A process that may be killed and started again without counting as broken meanwhile. */
export function createRestartable(first: RunningProcess, start: () => Promise<RunningProcess>): Restartable {
  let current = first;
  let isRestarting = false;
  let endUnasked: (exit: ProcessExit) => void;
  const exited = new Promise<ProcessExit>((resolve) => {
    endUnasked = resolve;
  });
  function watch(running: RunningProcess): void {
    void running.exited.then((exit) => isRestarting || endUnasked(exit));
  }
  watch(first);
  return {
    process: { name: first.name, logFile: first.logFile, exited },
    async restart(whileDown = async () => undefined) {
      isRestarting = true;
      sendSignal(-current.pid, 'SIGKILL');
      await current.exited;
      await current.stop();
      try {
        await whileDown();
      } finally {
        current = await start();
        isRestarting = false;
        watch(current);
      }
    },
  };
}
