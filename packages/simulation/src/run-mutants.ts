import type { Mutant } from './mutants/mutant.ts';
import { mutants } from './mutants/mutants.ts';
import type { Simulated } from './simulate-seed.ts';
import { startThread } from './simulation-thread.ts';

export interface MutantSearch {
  from: number;
  /** The most for each mutant. */
  seeds: number;
  jobs: number;
  /** Part of the names of the mutants to plant. */
  name?: string | undefined;
}

export interface MutantSought {
  mutant: Mutant;
  /** The seed that found it; undefined when none did. */
  found: Simulated | undefined;
  ran: number;
}

const chunkSeeds = 50;

/** Plants one mutant after the other, some at the same time, and looks for the first seed that fails. */
export async function runMutants(
  search: MutantSearch,
  onSought: (sought: MutantSought) => void,
): Promise<MutantSought[]> {
  const { name } = search;
  const waiting = mutants.filter((mutant) => name === undefined || mutant.name.includes(name));
  const sought: MutantSought[] = [];
  async function work(): Promise<void> {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const result = await seek(mutant, search);
      sought.push(result);
      onSought(result);
    }
  }
  await Promise.all(Array.from({ length: search.jobs }, work));
  return sought;
}

async function seek(mutant: Mutant, { from, seeds }: MutantSearch): Promise<MutantSought> {
  const thread = startThread(mutant.name);
  try {
    for (let ran = 0; ran < seeds; ) {
      const count = Math.min(chunkSeeds, seeds - ran);
      const done = await thread.run({ from: from + ran, count, isFirstEnough: true, shrinkAtMost: 0 });
      ran += done.ran;
      const [found] = done.failed;
      if (found) return { mutant, found, ran };
    }
    return { mutant, found: undefined, ran: seeds };
  } finally {
    await thread.end();
  }
}
