import type { Ending } from '../scheduler.ts';
import type { World } from '../world/world.ts';
import { brokenBudget } from './broken-budget.ts';
import { brokenCancel } from './broken-cancel.ts';
import { brokenHandOvers } from './broken-hand-overs.ts';
import { brokenLetters } from './broken-letters.ts';
import { brokenRun } from './broken-run.ts';
import { brokenExpiry, brokenTimes } from './broken-times.ts';

/** Everything that must hold after a simulation, whatever happened in it; answers with what does not, in words. */
export async function brokenInvariants(world: World, ending: Ending): Promise<string[]> {
  if (ending !== 'over') return [`I14 it never ends: ${ending}`, ...unfinished(world)];
  const runs = await Promise.all([...world.witness.runs.values()].map((run) => brokenRun(world, run)));
  return [
    ...runs.flat(),
    ...brokenCancel(world),
    ...brokenHandOvers(world),
    ...brokenTimes(world),
    ...brokenExpiry(world),
    ...brokenBudget(world),
    ...brokenLetters(world),
  ];
}

const unfinished = ({ witness }: World): string[] =>
  [...witness.pages()]
    .filter(({ state }) => state !== 'settled' && state !== 'void')
    .slice(0, 3)
    .map(({ key, state, owner }) => `I14 left ${state} by ${owner}: ${JSON.stringify(key)}`);
