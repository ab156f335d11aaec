import { alertBetweenPlanAndApply } from './accidents/alert-between-plan-and-apply.ts';
import { brokerDown } from './accidents/broker-down.ts';
import { killedApply } from './accidents/killed-apply.ts';
import { scalingFileGone } from './accidents/scaling-file-gone.ts';
import { stalePlan } from './accidents/stale-plan.ts';
import { tagWithoutArtifacts } from './accidents/tag-without-artifacts.ts';
import { twoScalers } from './accidents/two-scalers.ts';
import { bootstrapTwice } from './bootstrap-twice.ts';
import { goBack } from './go-back.ts';
import { grow, hold, holdOne, shrink } from './grow-and-shrink.ts';
import { withAlert } from './with-alert.ts';
import type { World } from './world.ts';

type Accident = (world: World) => Promise<string>;

const accidents: readonly (readonly [name: string, happens: Accident])[] = [
  ['apply killed half-way, lock held', killedApply],
  ['plan made stale', stalePlan],
  ['two scalers at once', twoScalers],
  ['broker down during the plan', brokerDown],
  ['a tag without artifacts', tagWithoutArtifacts],
  ['the scaling file gone', scalingFileGone],
  ['an alert between plan and apply', alertBetweenPlanAndApply],
];

/** A snapshot, one growth beside a held channel, a failed count, and two accidents. */
export async function rehearseShortly(world: World): Promise<void> {
  await step(world, 'deployed, checked, tagged', () => withAlert(world, world.snapshots.take));
  await step(world, 'one channel held, the other grows', () => holdOne(world, 40_000));
  await step(world, 'failed count', () => hold(world));
  await happen(world, ['the scaling file gone', 'an alert between plan and apply']);
}

export async function rehearse(world: World): Promise<void> {
  const first = await step(world, 'deployed, checked, tagged', () => withAlert(world, world.snapshots.take));
  await step(world, 'bootstrap, twice', () => bootstrapTwice(world));
  await step(world, 'one channel held, the other grows', () => holdOne(world, 40_000));
  await step(world, '200,000 endpoints', () => grow(world));
  await step(world, 'failed count', () => hold(world));
  await step(world, '5,000 endpoints', () => shrink(world));
  await step(world, `rollback to ${first}`, () => goBack(world, first));
  await happen(
    world,
    accidents.map(([name]) => name),
  );
}

async function happen(world: World, names: readonly string[]): Promise<void> {
  for (const [name, happens] of accidents.filter(([one]) => names.includes(one))) {
    await step(world, `accident: ${name}`, async () => {
      const said = await happens(world);
      world.terminal.line(`  it said: ${said.split('\n')[0]}`);
    });
  }
}

function step<T>(world: World, name: string, run: () => Promise<T>): Promise<T> {
  world.terminal.line('');
  return world.terminal.step(name, run);
}
