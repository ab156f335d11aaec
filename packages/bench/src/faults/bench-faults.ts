import { parseArgs } from 'node:util';
import { createSeededRandom } from '@quakewire/testing';
import { type Design, designs } from '../baselines/designs.ts';
import type { Ended } from './ended.ts';
import { addHarm, type Harm, harmOf, noHarm } from './fate.ts';
import { runBaseline } from './run-baseline.ts';
import { runOurs } from './run-ours.ts';
import { drawTrouble, scenarioOf, type Trouble, troubles } from './world-of-seed.ts';

const contenders = ['ours', ...designs] as const;
type Contender = 'ours' | Design;

interface Tally {
  harm: Harm;
  lastedMs: number[];
  neverEnded: number;
}

/**
 * Prints what ours and the earlier designs miss, double and leave unknown in the same worlds with the same faults. True when
 * ours misses and doubles nobody.
 * @throws for an option that it does not know or cannot use.
 */
export async function benchFaults(options: readonly string[]): Promise<boolean> {
  const seeds = seedsOf(options);
  console.log(`${seeds} worlds a line, each of 300 endpoints, by the seeds 1 to ${seeds}; the same for each design.`);
  console.log(
    'Missed: not told, and no record says that this may be so. Doubled: told twice, and never marked unknown.',
  );
  console.log(
    'Unknown: marked as perhaps told. No record: told, and the record is gone. Time: from the alert to the end.',
  );
  console.log(
    "The earlier designs have our supervisor's rules, as many workers as ours has slots, and no shared budget.\n",
  );
  console.log(
    'trouble            design        to be told   missed  doubled  unknown  no record   median    worst  never ended',
  );
  let isOursWhole = true;
  for (const trouble of troubles) {
    for (const contender of contenders) {
      const tally = await measure(contender, trouble, seeds);
      console.log(row(contender === 'ours' ? trouble : '', contender, tally));
      const { missed, doubled, unrecorded } = tally.harm;
      if (contender === 'ours') isOursWhole &&= missed + doubled + unrecorded + tally.neverEnded === 0;
    }
  }
  return isOursWhole;
}

function seedsOf(options: readonly string[]): number {
  const { values } = parseArgs({ args: [...options], options: { seeds: { type: 'string', default: '200' } } });
  const seeds = Number(values.seeds);
  if (Number.isInteger(seeds) && seeds >= 1 && seeds <= 100_000) return seeds;
  throw new Error(`--seeds ${values.seeds}: a whole number from 1 to 100,000 is needed`);
}

async function measure(contender: Contender, trouble: Trouble, seeds: number): Promise<Tally> {
  console.error(`  ${trouble}: ${contender}`);
  const tally: Tally = { harm: noHarm, lastedMs: [], neverEnded: 0 };
  for (let seed = 1; seed <= seeds; seed++) {
    const { fates, lastedMs } = await runSeed(contender, trouble, seed);
    tally.harm = addHarm(tally.harm, harmOf(fates));
    if (lastedMs === undefined) tally.neverEnded++;
    else tally.lastedMs.push(lastedMs);
  }
  return tally;
}

/** One world of a seed, with the seed's faults of that kind. */
export function runSeed(contender: Contender, trouble: Trouble, seed: number): Promise<Ended> {
  const random = createSeededRandom(seed);
  const scenario = scenarioOf(random.fork('scenario'));
  const faults = drawTrouble(random.fork(trouble), trouble);
  return contender === 'ours' ? runOurs(scenario, faults, seed) : runBaseline(contender, scenario, faults, seed);
}

function row(trouble: string, contender: Contender, { harm, lastedMs, neverEnded }: Tally): string {
  const sorted = lastedMs.sort((a, b) => a - b);
  const seconds = (ms: number | undefined): string => (ms === undefined ? '-' : `${(ms / 1000).toFixed(1)} s`);
  const cells = [
    trouble.padEnd(19),
    contender.padEnd(14),
    harm.toBeTold.toLocaleString('en').padStart(10),
    ...[harm.missed, harm.doubled, harm.unknown].map((count) => count.toLocaleString('en').padStart(9)),
    harm.unrecorded.toLocaleString('en').padStart(11),
    seconds(sorted[Math.floor(sorted.length / 2)]).padStart(9),
    seconds(sorted.at(-1)).padStart(9),
    String(neverEnded).padStart(13),
  ];
  return cells.join('');
}
