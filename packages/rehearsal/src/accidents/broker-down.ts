import { type ChangeRequest, planChange } from '@quakewire/deployment';
import { expectRefusal } from '../expect.ts';
import { applyPorts, scalingRequest } from '../scaling-run.ts';
import { withAlert } from '../with-alert.ts';
import type { World } from '../world.ts';

/** The broker is down while topics are planned: a clear end, nothing changed; AWS can be planned all the same. */
export async function brokerDown(world: World): Promise<string> {
  const ports = applyPorts(world);
  const request: ChangeRequest = { ...scalingRequest(world), roots: ['topics'] };
  let said = '';
  await world.installation.stack.kafka.restart(async () => {
    said = await expectRefusal(() => planChange(request, ports), /Kafka cannot be reached/);
    await planChange({ ...request, roots: ['pipeline'] }, ports);
  });
  await withAlert(world, () => planChange(request, ports));
  return said;
}
