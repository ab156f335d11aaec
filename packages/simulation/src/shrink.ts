import type { Fault } from './faults.ts';
import { type Simulated, type SimulateOptions, simulateSeed } from './simulate-seed.ts';

/** Leaves out one fault after the other as long as the seed still fails: what is left is what it takes. */
export async function shrink(failed: Simulated, options: SimulateOptions = {}): Promise<Simulated> {
  let smallest = failed;
  for (let at = smallest.faults.length - 1; at >= 0; at--) {
    const faults: Fault[] = smallest.faults.filter((_, other) => other !== at);
    const tried = await simulateSeed(failed.seed, { ...options, faults });
    if (tried.broken.length > 0) smallest = tried;
  }
  return smallest;
}
