import { Worker } from 'node:worker_threads';
import type { FuzzNews, FuzzRange } from './fuzz-thread.ts';

/** A thread that says nothing for so long hangs on one of its inputs. */
const longestSilenceMs = 20_000;

export type Fault = Extract<FuzzNews, { fault: string }>;

export interface FuzzResult {
  done: number;
  faults: Fault[];
  /** Number of the inputs among which one did not end; undefined: none. */
  hungAfter?: number;
}

/** Runs a range of inputs in a thread of its own, which is ended when it hangs. */
export function runFuzz(range: FuzzRange, onProgress: (done: number) => void): Promise<FuzzResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('fuzz-thread.ts', import.meta.url), { workerData: range });
    const result: FuzzResult = { done: 0, faults: [] };
    const hang = (): void => {
      void worker.terminate();
      resolve({ ...result, hungAfter: range.from + result.done });
    };
    let silence = setTimeout(hang, longestSilenceMs);
    worker.on('message', (news: FuzzNews) => {
      clearTimeout(silence);
      silence = setTimeout(hang, longestSilenceMs);
      if ('fault' in news) {
        result.faults.push(news);
        return;
      }
      result.done = news.done;
      onProgress(news.done);
    });
    worker.on('error', (error) => {
      clearTimeout(silence);
      reject(error);
    });
    worker.on('exit', () => {
      clearTimeout(silence);
      resolve(result);
    });
  });
}
