import type { Alert } from '@quakewire/core';
import { changeRate } from '../change-policy.ts';
import { expect, expectRefusal } from '../expect.ts';
import { runScaler } from '../scaling-run.ts';
import { judgeAlert } from '../with-alert.ts';
import type { World } from '../world.ts';

/** An alert begins when the plan is made: nothing is applied until it is complete, and then the next run does it. */
export async function alertBetweenPlanAndApply(world: World): Promise<string> {
  changeRate(world);
  let alert: Alert | undefined;
  const refused = await expectRefusal(
    () =>
      runScaler(world, {
        async afterPlan() {
          alert = await world.dispatcher.dispatch();
        },
      }),
    /An alert is in flight/,
  );
  expect(alert !== undefined, 'the plan must have been made');
  await judgeAlert(world, alert, 'between plan and apply');
  await runScaler(world);
  return refused;
}
