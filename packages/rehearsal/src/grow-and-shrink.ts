import type { Observation } from '@quakewire/scaling';
import { expect } from './expect.ts';
import { endpointsAtLast, endpointsAtMost } from './policy.ts';
import { runScaler, type ScalingRun } from './scaling-run.ts';
import { withAlert } from './with-alert.ts';
import type { World } from './world.ts';

const activeOf = ({ sizing }: ScalingRun): number => sizing.capacity?.control.channels.webhook?.activePartitions ?? 0;
const partitionsOf = ({ sizing }: ScalingRun): number =>
  sizing.capacity?.infrastructure.channels.webhook?.partitions ?? 0;

/** More subscribers: the scaler runs until nothing is left to grow, each time with an alert in its apply. */
export async function grow(world: World, count = endpointsAtMost): Promise<void> {
  await world.population.become(count);
  let last: ScalingRun | undefined;
  for (;;) {
    const run = await world.terminal.step('scaler', () =>
      withAlert(world, (dispatch) => runScaler(world, { onApply: dispatch })),
    );
    say(world, run);
    if (run.change === null) break;
    expect(last === undefined || activeOf(run) > activeOf(last), 'a run that changes something must grow further');
    last = run;
  }
  expect(last !== undefined, `nothing grew for ${count} endpoints`);
}

/** The count fails: everything is held, the run is red, Terraform is not called. */
export async function hold(world: World): Promise<void> {
  const run = await withAlert(world, () => runScaler(world, { observed: withFailedCounts(['webhook', 'telegram']) }));
  say(world, run);
  expect(run.exitCode === 3 && run.change === null, 'a failed count must hold everything and end with exit code 3');
}

/** Only one channel's count fails: the other changes all the same, and the run is red after that. */
export async function holdOne(world: World, count: number): Promise<void> {
  await world.population.become(count);
  const run = await withAlert(world, (dispatch) =>
    runScaler(world, { observed: withFailedCounts(['telegram']), onApply: dispatch }),
  );
  say(world, run);
  expect(
    run.exitCode === 3 && run.change !== null,
    'a held channel must leave the healthy one its change, and exit code 3',
  );
}

/** Fewer subscribers: nothing for as many runs as the policy wants to agree, then step by step, partitions never. */
export async function shrink(world: World): Promise<void> {
  await world.population.become(endpointsAtLast);
  const runs: ScalingRun[] = [];
  for (let number = 0; number < world.policy.agreeingRunsToShrink; number++) {
    runs.push(
      await world.terminal.step('scaler', () =>
        withAlert(world, (dispatch) => runScaler(world, { onApply: dispatch })),
      ),
    );
    say(world, runs.at(-1) as ScalingRun);
  }
  const [first, last] = [runs[0] as ScalingRun, runs.at(-1) as ScalingRun];
  expect(first.change === null, 'the first run that wants less must wait');
  expect(last.change !== null && activeOf(last) < activeOf(first), 'the run at which enough agree must shrink');
  expect(partitionsOf(last) === partitionsOf(first), 'partitions must never shrink');
}

const withFailedCounts =
  (names: readonly string[]) =>
  (observation: Observation): Observation => ({
    ...observation,
    endpointsByChannelAndCountry: Object.fromEntries(
      Object.entries(observation.endpointsByChannelAndCountry).map(([name, count]) => [
        name,
        names.includes(name) ? { ...count, status: 'failed' as const } : count,
      ]),
    ),
  });

function say({ terminal }: World, run: ScalingRun): void {
  const { verdict } = run.sizing;
  terminal.line(
    `  ${verdict}, exit code ${run.exitCode}: webhook has ${activeOf(run)} of ${partitionsOf(run)} partitions active`,
  );
}
