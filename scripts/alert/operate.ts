import type { Asked, OpenRequest, OperatorRequest } from '@quakewire/core';
import { ask } from './ask.ts';
import { awaitEnd } from './await-end.ts';
import { formatEnd, formatPreview, formatRequests } from './format-requests.ts';
import type { CommandName, Desk, OperatorPorts } from './operator-ports.ts';
import type { Wanted } from './read-alert-options.ts';
import type { WantedOfDrill } from './read-drill-options.ts';
import { rehearse } from './rehearse.ts';

/** Does what an operator wants, or without `apply` only shows it. @returns what to print. @throws Error for people. */
export async function operate(wanted: Wanted | WantedOfDrill, desk: Desk, ports: OperatorPorts): Promise<string> {
  switch (wanted.verb) {
    case 'ask':
      return ask(wanted.asked, desk, ports);
    case 'update':
      return ask(await updateOf(wanted, ports), desk, ports);
    case 'approve':
      return approve(await openRequest(wanted.id, ports), desk, ports);
    case 'withdraw':
      return withdraw(await openRequest(wanted.id, ports), desk, ports);
    case 'stop':
      return stop(wanted.id, desk, ports);
    case 'list':
      return formatRequests(await ports.requests.listOpen(), await ports.requests.listEnded(10));
  }
}

async function updateOf(
  { earthquakeId, changes }: Extract<Wanted, { verb: 'update' }>,
  { earthquakes }: OperatorPorts,
): Promise<Asked> {
  const earthquake = await earthquakes.read(earthquakeId);
  if (!earthquake) throw new Error('There is no such earthquake.');
  const { hypocentre, magnitude, region } = earthquake.preferred;
  const { latitude, longitude, depthKm } = hypocentre;
  return { kind: 'update', earthquakeId, solution: { latitude, longitude, depthKm, magnitude, region, ...changes } };
}

async function openRequest(id: string, { requests }: OperatorPorts): Promise<OpenRequest> {
  const found = (await requests.listOpen()).find((open) => open.id === id);
  if (!found) throw new Error('There is no such open request: it is ended (list shows how), or the id is wrong.');
  return found;
}

async function approve({ request }: OpenRequest, { apply, name }: Desk, ports: OperatorPorts): Promise<string> {
  if (!request) throw new Error('This request cannot be read as what its author wrote.');
  checkCommand(request, name);
  const approvedBy = await ports.whoAmI();
  const { requestedBy } = request;
  if (approvedBy.userId === requestedBy.userId || approvedBy.arn === requestedBy.arn)
    throw new Error('You asked for this yourself: starting takes two people.');
  const preview = formatPreview(request, await rehearse(request, ports));
  if (!apply) return `${preview}\nNothing was approved: this is the preview. Repeat it with --apply.\n`;
  if (!(await ports.requests.approve({ schema: 1, request, approvedBy, approvedAtMs: ports.storeNow() })))
    throw new Error('Not approved: it is ended, or somebody else approved it already.');
  if (name === 'drill') return `${preview}\nApproved: it begins at its time.\n`;
  return `${preview}\n${await awaitEnd(request.id, 'dispatched', ports)}`;
}

/** Nobody tells people of the real thing who thinks of a drill. */
function checkCommand({ asked }: OperatorRequest, name: CommandName): void {
  const own = asked.kind === 'drill' ? 'drill' : 'alert';
  if (name !== own) throw new Error(`This is ${own === 'drill' ? 'a' : 'no'} drill: npm run ${own} -- approve.`);
}

async function withdraw({ id }: OpenRequest, { apply }: Desk, ports: OperatorPorts): Promise<string> {
  if (!apply) return 'It is open. Nothing was withdrawn: repeat it with --apply.\n';
  const withdrawal = { requestId: id, withdrawnBy: await ports.whoAmI(), withdrawnAtMs: ports.storeNow() };
  if (!(await ports.requests.withdraw({ schema: 1, ...withdrawal })))
    throw new Error('Not withdrawn: it is ended already, or being withdrawn.');
  return awaitEnd(id, 'withdrawn', ports);
}

/** Before a drill begins its request is withdrawn, after that what it told is taken back. */
async function stop(id: string, desk: Desk, ports: OperatorPorts): Promise<string> {
  const open = (await ports.requests.listOpen()).find((one) => one.id === id);
  if (open) return withdraw(open, desk, ports);
  const ended = (await ports.requests.listEnded(100)).find((one) => one.id === id);
  if (ended?.request?.asked.kind !== 'drill') throw new Error('There is no such drill.');
  if (ended.end.what !== 'dispatched') return `${formatEnd(ended)}There is nothing to stop.\n`;
  return ask({ kind: 'cancel', earthquakeId: ended.end.earthquakeId }, desk, ports);
}
