import { parentPort, workerData } from 'node:worker_threads';
import type { FaultKind } from './faults.ts';
import { plant } from './mutants/plant.ts';
import type { Simulated } from './simulate-seed.ts';

/** Seeds for a thread to run. */
export interface Chunk {
  from: number;
  count: number;
  only?: FaultKind | undefined;
  /** Stop at the first seed that fails. */
  isFirstEnough: boolean;
  /** How many failed seeds to shrink. */
  shrinkAtMost: number;
}

/** What became of a chunk. */
export interface ChunkDone {
  ran: number;
  failed: Simulated[];
}

/** A thread's own copy of the product's code may carry a mutant. */
export interface ThreadData {
  mutant?: string;
}

const { mutant } = (workerData ?? {}) as ThreadData;
// Before any of the product's modules is loaded.
if (mutant !== undefined) plant(mutant);
const { simulateSeed } = await import('./simulate-seed.ts');
const { shrink } = await import('./shrink.ts');

async function run({ from, count, only, isFirstEnough, shrinkAtMost }: Chunk): Promise<ChunkDone> {
  const failed: Simulated[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const simulated = await simulateSeed(seed, { only });
    if (simulated.broken.length === 0) continue;
    failed.push(failed.length < shrinkAtMost ? await shrink(simulated, { only }) : simulated);
    if (isFirstEnough) return { ran: seed - from + 1, failed };
  }
  return { ran: count, failed };
}

parentPort?.on('message', async (chunk: Chunk) => {
  parentPort?.postMessage(await run(chunk));
});
