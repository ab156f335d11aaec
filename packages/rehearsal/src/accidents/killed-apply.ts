import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '@quakewire/demo';
import { raiseMinimum } from '../change-policy.ts';
import { expectRefusal } from '../expect.ts';
import { applyPorts, runScaler } from '../scaling-run.ts';
import { withAlert } from '../with-alert.ts';
import type { World } from '../world.ts';

/** Beyond what the subscribers need. */
const moreActivePartitions = 12;

/**
 * The runner dies in the midst of an apply: the lock stays, the next run says whose it is, and after a person has removed
 * it the run after that does the rest.
 */
export async function killedApply(world: World): Promise<string> {
  raiseMinimum(world, moreActivePartitions);
  const { dataFolder } = world.installation.stack;
  const folder = join(dataFolder, 'terraform', 'pipeline');
  await withAlert(world, async (dispatch) => {
    let killing: Promise<void> | undefined;
    const onApply = () => {
      dispatch();
      killing = killWhenHalfDone(folder);
      // Awaited below.
      killing.catch(() => undefined);
    };
    await expectRefusal(() => runScaler(world, { onApply }), /terraform apply of pipeline failed/);
    await killing;
  });
  const locked = await expectRefusal(() => runScaler(world), /its state is locked by .* terraform force-unlock/s);
  const id = /force-unlock (\S+)/.exec(locked)?.[1] ?? '';
  await applyPorts(world).terraform('pipeline', ['force-unlock', '-force', id]);
  await withAlert(world, (dispatch) => runScaler(world, { onApply: dispatch }));
  return locked;
}

/** Kills Terraform with -9, and its providers with it, as soon as it has changed one thing. */
async function killWhenHalfDone(folder: string): Promise<void> {
  const output = join(folder, 'last-output.txt');
  await waitUntil(
    'Terraform has changed something',
    120_000,
    async () => (/Modifications complete|Creation complete/.test(readFileSync(output, 'utf8')) ? true : undefined),
    20,
  );
  const pid = findTerraform(join(folder, 'source', 'pipeline'));
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

/** The Terraform that works in this folder; it leads its own process group. */
function findTerraform(workingFolder: string): number | undefined {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        return (
          readlinkSync(`/proc/${pid}/cwd`) === workingFolder &&
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('terraform\0apply')
        );
      } catch {
        return false;
      }
    });
}
