import { changeRate } from '../change-policy.ts';
import { expect } from '../expect.ts';
import { checkWorld } from '../live-ports.ts';
import { runScaler } from '../scaling-run.ts';
import { createSecondRunner } from '../second-runner.ts';
import { withAlert } from '../with-alert.ts';
import type { World } from '../world.ts';

/** Two runs at once: one applies, the other waits for the lock, finds its plan stale and nothing left to do, or says why it stops. */
export async function twoScalers(world: World): Promise<string> {
  changeRate(world);
  const second = createSecondRunner(world);
  return await withAlert(world, async (dispatch) => {
    const results = await Promise.allSettled([
      runScaler(world, { onApply: dispatch }),
      runScaler(world, { changePorts: second }),
    ]);
    const refusals = results.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as Error).message] : [],
    );
    expect(refusals.length < 2, `one of two scalers must get through: ${refusals.join(' / ')}`);
    await checkWorld(world);
    return refusals[0] ?? 'both came to the same';
  });
}
