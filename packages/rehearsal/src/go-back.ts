import { expect } from './expect.ts';
import { checkWorld } from './live-ports.ts';
import { withAlert } from './with-alert.ts';
import type { World } from './world.ts';

/** Back to the first snapshot, with an alert in the apply; then nothing is left that differs from it but the ratchets. */
export async function goBack(world: World, to: string): Promise<void> {
  const { snapshots, terminal } = world;
  const name = await withAlert(world, (dispatch) => snapshots.goBack(to, dispatch));
  expect(name !== null, 'something must have gone back');
  const { change, lifted } = await snapshots.plan(to);
  expect(change === null, 'nothing may be left to go back');
  await checkWorld(world);
  const ratchets = lifted.map(({ channel, field, snapshot, stays }) => `${channel} ${field} ${snapshot} -> ${stays}`);
  terminal.line(`  state equals ${to} but for: ${ratchets.join(', ') || 'nothing'}`);
  await snapshots.resume();
}
