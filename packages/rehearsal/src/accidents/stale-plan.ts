import { applyChange, planScaling, sizeAnew } from '@quakewire/deployment';
import { changeRate } from '../change-policy.ts';
import { expect } from '../expect.ts';
import { checkWorld } from '../live-ports.ts';
import { applyPorts, scalingRequest } from '../scaling-run.ts';
import { withAlert } from '../with-alert.ts';
import type { World } from '../world.ts';

/** Somebody else applies between the plan and its apply: the stale plan is refused, planned anew once, and applied. */
export async function stalePlan(world: World): Promise<string> {
  changeRate(world);
  const request = scalingRequest(world);
  let isStale = false;
  await withAlert(world, async (dispatch) => {
    const ports = applyPorts(world, { onApply: dispatch });
    const say = (sentence: string) => {
      isStale ||= /Planning anew, once/.test(sentence);
      ports.say(sentence);
    };
    const { change } = await planScaling(await sizeAnew(request, ports), request, ports);
    expect(change !== null, 'there must be something to plan');
    // Another run that changes nothing but the state itself.
    const state = JSON.parse((await ports.terraform('pipeline', ['state', 'pull'])).output);
    await otherRun(world);
    const later = JSON.parse((await ports.terraform('pipeline', ['state', 'pull'])).output);
    expect(later.serial > state.serial, 'the other run must have written the state');
    await applyChange({ ...request, digest: change.digest }, { ...ports, say });
  });
  expect(isStale, 'the stale plan must be planned anew');
  await checkWorld(world);
  return 'the stale plan was planned anew once and applied';
}

/** Marks a resource for replacement and takes the mark back: two versions of the state. */
async function otherRun(world: World): Promise<void> {
  const { terraform } = applyPorts(world);
  const address = 'module.segmenter.aws_cloudwatch_log_group.this';
  await terraform('pipeline', ['taint', address]);
  await terraform('pipeline', ['untaint', address]);
}
