import {
  type Asked,
  approvalMs,
  isOutsideQuietHours,
  needsApproval,
  type OperatorRequest,
  readPolicyInForce,
} from '@quakewire/core';
import { awaitEnd } from './await-end.ts';
import { formatPreview } from './format-requests.ts';
import type { Desk, OperatorPorts } from './operator-ports.ts';
import { rehearse } from './rehearse.ts';

/** Shows what a request would do, and with `apply` writes it; one that stops is written at once. @returns what to print. */
export async function ask(asked: Asked, { apply, name, environment }: Desk, ports: OperatorPorts): Promise<string> {
  const request = await createRequest(asked, ports);
  const { id, requestedAtMs } = request;
  if (apply && !needsApproval(asked)) {
    // No preview: nothing that could be read wrongly, or not at all, may stand in the way of stopping.
    await put(request, ports);
    return awaitEnd(id, 'dispatched', ports);
  }
  if (asked.kind === 'drill') await checkTime(asked, ports);
  const rehearsal = await rehearse(request, ports);
  const preview = formatPreview(request, rehearsal);
  if (!apply) return `${preview}\nNothing was written: this is the preview. Repeat it with --apply.\n`;
  if (!rehearsal.alert) throw new Error(`${preview}\nNothing was written.`);
  await put(request, ports);
  const until = new Date(requestedAtMs + approvalMs).toISOString().slice(11, 16);
  const approval = `npm run ${name} -- approve ${id} --environment ${environment} --apply`;
  return `${preview}\nWritten as ${id}. Another person approves it until ${until} UTC:\n  ${approval}\n`;
}

async function createRequest(asked: Asked, ports: OperatorPorts): Promise<OperatorRequest> {
  // The tables' first answer also says what time it is for them.
  const [requestedBy] = await Promise.all([ports.whoAmI(), ports.requests.listOpen()]);
  const requestedAtMs = ports.storeNow();
  const second = new Date(requestedAtMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return { schema: 1, id: `${second}-${ports.suffix()}`, asked, requestedBy, requestedAtMs };
}

async function put(request: OperatorRequest, { requests }: OperatorPorts): Promise<void> {
  if (!(await requests.put(request))) throw new Error('Not written: a request of this id exists. Try again.');
}

async function checkTime(drill: Extract<Asked, { kind: 'drill' }>, ports: OperatorPorts): Promise<void> {
  const { policy } = await readPolicyInForce(ports.policies);
  if (drill.startAtMs < ports.storeNow()) throw new Error('The drill would begin in the past.');
  if (!isOutsideQuietHours(drill, policy))
    throw new Error('The drill would tell people between 22:00 and 07:00 of its place: choose another time.');
}
