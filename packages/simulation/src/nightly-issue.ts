import type { Simulated } from './simulate-seed.ts';

export interface NightlyIssue {
  title: string;
  /** Markdown. */
  body: string;
}

const shownSeeds = 5;

/** What to say about seeds that failed in a night. @param commit the code that they failed with. */
export function nightlyIssue(failed: readonly Simulated[], commit: string): NightlyIssue {
  const [first] = failed;
  const others = failed.length > 1 ? ` and ${failed.length - 1} more` : '';
  const seeds = failed.slice(0, shownSeeds).map(describe);
  return {
    title: `Simulation: seed ${first?.seed}${others} failed`,
    body: [
      `With ${commit}; \`npm run simulate -- --seeds 1 --from SEED\` repeats one, \`--log\` shows all of it.`,
      'Once it is understood, its faults become a fixed test in `packages/simulation/src/simulate.test.ts`.',
      ...seeds,
      ...(failed.length > shownSeeds ? [`All: ${failed.map(({ seed }) => seed).join(' ')}`] : []),
    ].join('\n\n'),
  };
}

function describe({ seed, broken, faults }: Simulated): string {
  const lines = [...broken.slice(0, 5), '', 'with', ...faults.map((fault) => JSON.stringify(fault))];
  return `### Seed ${seed}\n\`\`\`\n${lines.join('\n')}\n\`\`\``;
}
