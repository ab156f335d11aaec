import { Worker } from 'node:worker_threads';
import type { Chunk, ChunkDone, ThreadData } from './seed-thread.ts';

/** A thread that runs seeds. */
export interface SimulationThread {
  run(chunk: Chunk): Promise<ChunkDone>;
  end(): Promise<void>;
}

/** A seed's garbage is collected once or twice in its run, when hardly anything of it is alive any more. */
const resourceLimits = { maxYoungGenerationSizeMb: 96 };

/** @param mutant the name of a mutant to plant into this thread's copy of the product's code. */
export function startThread(mutant?: string): SimulationThread {
  const workerData: ThreadData = mutant === undefined ? {} : { mutant };
  const execArgv = ['--disable-warning=ExperimentalWarning'];
  const worker = new Worker(new URL('./seed-thread.ts', import.meta.url), { workerData, execArgv, resourceLimits });
  return {
    run: (chunk) =>
      new Promise((resolve, reject) => {
        const end = (): void => {
          worker.off('message', done);
          worker.off('error', fail);
        };
        const done = (result: ChunkDone): void => {
          end();
          resolve(result);
        };
        const fail = (error: Error): void => {
          end();
          reject(error);
        };
        worker.once('message', done);
        worker.once('error', fail);
        worker.postMessage(chunk);
      }),
    end: async () => void (await worker.terminate()),
  };
}
