import { designs } from '../baselines/designs.ts';
import { runSeed } from './bench-faults.ts';
import { addHarm, type Harm, harmOf, noHarm } from './fate.ts';
import type { Trouble } from './world-of-seed.ts';

const contenders = ['ours', ...designs] as const;

async function harmIn(contender: (typeof contenders)[number], trouble: Trouble, seeds: number): Promise<Harm> {
  let harm = noHarm;
  for (let seed = 1; seed <= seeds; seed++) {
    const { fates, lastedMs } = await runSeed(contender, trouble, seed);
    if (lastedMs === undefined) throw new Error(`seed ${seed} never ends`);
    harm = addHarm(harm, harmOf(fates));
  }
  return harm;
}

test.each(contenders)('%s tells everybody once when nothing goes wrong', async (contender) => {
  const harm = await harmIn(contender, 'none', 10);
  expect(harm.toBeTold).toBeGreaterThan(2_000);
  expect(harm).toEqual({ ...noHarm, toBeTold: harm.toBeTold });
});

test.each(contenders)('%s misses and doubles nobody without a mark when workers crash', async (contender) => {
  expect(await harmIn(contender, 'crash', 10)).toMatchObject({ missed: 0, doubled: 0, unrecorded: 0 });
});

test('item-lock forgets whom it told as soon as another earthquake locks the rows, and tells them again', async () => {
  const { doubled, unrecorded } = await harmIn('item-lock', 'all', 5);
  expect(doubled).toBeGreaterThan(0);
  expect(unrecorded).toBeGreaterThan(0);
});

test.each(['ours', 'segment-lock'] as const)('%s does not', async (contender) => {
  expect(await harmIn(contender, 'all', 5)).toMatchObject({ missed: 0, doubled: 0, unrecorded: 0 });
});
