import type { FaultKind } from './faults.ts';
import type { Simulated } from './simulate-seed.ts';
import { startThread } from './simulation-thread.ts';

export interface SeedRange {
  from: number;
  seeds: number;
  jobs: number;
  only?: FaultKind | undefined;
}

export interface Progress {
  ran: number;
  failed: readonly Simulated[];
}

/** Seeds that a thread is given at a time. */
const chunkSeeds = 25;
/** So many failed seeds a chunk are shrunk; more of them say the same. */
const shrunkenPerChunk = 5;

/** Runs a range of seeds on some threads. @param onProgress after each chunk. @returns those that failed, by seed. */
export async function runSeeds(range: SeedRange, onProgress: (progress: Progress) => void): Promise<Simulated[]> {
  const { from, seeds, jobs, only } = range;
  const failed: Simulated[] = [];
  let given = 0;
  let ran = 0;
  async function work(): Promise<void> {
    const thread = startThread();
    try {
      while (given < seeds) {
        const chunk = { from: from + given, count: Math.min(chunkSeeds, seeds - given) };
        given += chunk.count;
        const options = { only, isFirstEnough: false, shrinkAtMost: failed.length < 10 ? shrunkenPerChunk : 0 };
        const done = await thread.run({ ...chunk, ...options });
        failed.push(...done.failed);
        ran += done.ran;
        onProgress({ ran, failed: done.failed });
      }
    } finally {
      await thread.end();
    }
  }
  await Promise.all(Array.from({ length: Math.min(jobs, Math.ceil(seeds / chunkSeeds)) }, work));
  return failed.sort((a, b) => a.seed - b.seed);
}
