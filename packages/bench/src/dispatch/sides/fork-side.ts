import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job, Measured, SideOptions } from './side.ts';

/** One measured side, in a process of its own. */
export interface ForkedSide {
  run(job: Job): Promise<Measured>;
  stop(): void;
}

const program = fileURLToPath(new URL('./side-process.ts', import.meta.url));

export function forkSide(options: SideOptions): ForkedSide {
  const child = fork(program, [JSON.stringify(options)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'json',
  });
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        const ended = (): void => reject(new Error(`the process of ${options.side} ended`));
        child.once('exit', ended);
        child.once('message', (answer: { measured: Measured } | { problem: string }) => {
          child.off('exit', ended);
          if ('measured' in answer) resolve(answer.measured);
          else reject(new Error(`${options.side}: ${answer.problem}`));
        });
        child.send(job);
      }),
    stop: () => void child.kill(),
  };
}
