import { changeRate } from '../change-policy.ts';
import { expect } from '../expect.ts';
import { checkWorld } from '../live-ports.ts';
import { runScaler } from '../scaling-run.ts';
import { createSecondRunner } from '../second-runner.ts';
import { withAlert } from '../with-alert.ts';
import type { World } from '../world.ts';

/** Each of these leaves everything as it was, or whole. */
const clear = /its state is locked by|An alert is in flight: nothing was applied/;

/**
 * Two runs at once: one applies and the other finds its plan stale and nothing left to do, or says why it stops. Where each is
 * in the other's way, by the lock or by the alert that came meanwhile, the next run does it.
 */
export async function twoScalers(world: World): Promise<string> {
  changeRate(world);
  const second = createSecondRunner(world);
  const refusals = await withAlert(world, async (dispatch) => {
    const results = await Promise.allSettled([
      runScaler(world, { onApply: dispatch }),
      runScaler(world, { changePorts: second }),
    ]);
    return results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as Error).message] : []));
  });
  for (const refusal of refusals) expect(clear.test(refusal), `it was refused, but not by ${clear}: ${refusal}`);
  await runScaler(world);
  await checkWorld(world);
  return refusals.join(' / ') || 'both came to the same';
}
