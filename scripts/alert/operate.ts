import {
  type Asked,
  approvalMs,
  isOutsideQuietHours,
  needsApproval,
  type OpenRequest,
  type OperatorRequest,
  readPolicyInForce,
} from '@quakewire/core';
import { formatEnd, formatPreview, formatRequests } from './format-requests.ts';
import type { OperatorPorts } from './operator-ports.ts';
import type { Wanted } from './read-alert-options.ts';
import type { WantedOfDrill } from './read-drill-options.ts';
import { rehearse } from './rehearse.ts';

/** The commands that say these words are named in them. */
export type CommandName = 'alert' | 'drill';

/** Does what an operator wants, or with `apply` false only shows it. @returns what to print. @throws Error for people. */
export async function operate(
  { wanted, apply, name }: { wanted: Wanted | WantedOfDrill; apply: boolean; name: CommandName },
  ports: OperatorPorts,
): Promise<string> {
  switch (wanted.verb) {
    case 'ask':
      return ask(wanted.asked, apply, name, ports);
    case 'update':
      return ask(await updateOf(wanted, ports), apply, name, ports);
    case 'approve':
      return approve(await openRequest(wanted.id, ports), apply, name, ports);
    case 'withdraw':
      return withdraw(wanted.id, apply, ports);
    case 'stop':
      return stop(wanted.id, apply, ports);
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

async function ask(asked: Asked, apply: boolean, name: CommandName, ports: OperatorPorts): Promise<string> {
  const requestedBy = await ports.whoAmI();
  const requestedAtMs = ports.storeNow();
  const id = `${stamp(requestedAtMs)}-${ports.suffix()}`;
  const request: OperatorRequest = { schema: 1, id, asked, requestedBy, requestedAtMs };
  if (asked.kind === 'drill') await checkDrillTime(asked, ports);
  const preview = formatPreview(request, await rehearse(request, ports));
  if (!apply) return `${preview}\nNothing was written: this is the preview. Repeat it with --apply.\n`;
  if (!(await ports.requests.put(request))) throw new Error('Not written: a request of this id exists. Try again.');
  if (!needsApproval(asked)) return `${preview}\n${await awaitEnd(id, ports)}`;
  const untilClock = new Date(requestedAtMs + approvalMs).toISOString().slice(11, 16);
  return `${preview}\nWritten as ${id}. Another person approves it until ${untilClock} UTC:\n  npm run ${name} -- approve ${id} --apply\n`;
}

/** E.g. `20261121-181502`, so that ids sort by time. */
const stamp = (timeMs: number): string =>
  new Date(timeMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');

async function checkDrillTime(asked: Extract<Asked, { kind: 'drill' }>, ports: OperatorPorts): Promise<void> {
  const { policy } = await readPolicyInForce(ports.policies);
  if (asked.startAtMs < ports.storeNow()) throw new Error('The drill would begin in the past.');
  if (!isOutsideQuietHours(asked, policy))
    throw new Error('The drill would tell people between 22:00 and 07:00 of its place: choose another time.');
}

async function openRequest(
  id: string,
  { requests }: OperatorPorts,
): Promise<OpenRequest & { request: OperatorRequest }> {
  const found = (await requests.listOpen()).find((open) => open.id === id);
  if (!found) throw new Error('There is no such open request: it is ended (list shows how), or the id is wrong.');
  const { request } = found;
  if (!request) throw new Error('This request cannot be read as what its author wrote.');
  return { ...found, request };
}

async function approve(
  { request }: { request: OperatorRequest },
  apply: boolean,
  name: CommandName,
  ports: OperatorPorts,
): Promise<string> {
  // Nobody tells people of the real thing who thinks of a drill.
  const own: CommandName = request.asked.kind === 'drill' ? 'drill' : 'alert';
  if (name !== own) throw new Error(`This is ${own === 'drill' ? 'a' : 'no'} drill: npm run ${own} -- approve.`);
  const approvedBy = await ports.whoAmI();
  if (approvedBy.userId === request.requestedBy.userId || approvedBy.arn === request.requestedBy.arn)
    throw new Error('You asked for this yourself: starting takes two people.');
  const preview = formatPreview(request, await rehearse(request, ports));
  if (!apply) return `${preview}\nNothing was approved: this is the preview. Repeat it with --apply.\n`;
  const approval = { schema: 1 as const, request, approvedBy, approvedAtMs: ports.storeNow() };
  if (!(await ports.requests.approve(approval)))
    throw new Error('Not approved: it is ended, or somebody else approved it already.');
  if (request.asked.kind === 'drill') return `${preview}\nApproved: it begins at its time.\n`;
  return `${preview}\n${await awaitEnd(request.id, ports)}`;
}

async function withdraw(id: string, apply: boolean, ports: OperatorPorts): Promise<string> {
  await openRequest(id, ports);
  if (!apply) return 'It is open. Nothing was withdrawn: repeat it with --apply.\n';
  const withdrawal = { requestId: id, withdrawnBy: await ports.whoAmI(), withdrawnAtMs: ports.storeNow() };
  if (!(await ports.requests.withdraw({ schema: 1, ...withdrawal })))
    throw new Error('Not withdrawn: it is ended already, or being withdrawn.');
  return awaitEnd(id, ports);
}

/** Before a drill begins its request is withdrawn, after that what it told is taken back. */
async function stop(id: string, apply: boolean, ports: OperatorPorts): Promise<string> {
  if ((await ports.requests.listOpen()).some((open) => open.id === id)) return withdraw(id, apply, ports);
  const ended = (await ports.requests.listEnded(100)).find((one) => one.id === id);
  if (ended?.request?.asked.kind !== 'drill') throw new Error('There is no such drill.');
  if (ended.end.what !== 'dispatched') return `${formatEnd(ended)}There is nothing to stop.\n`;
  return ask({ kind: 'cancel', earthquakeId: ended.end.earthquakeId }, apply, 'drill', ports);
}

const lookMs = 250;
/** A leader looks twice a second; a new one takes over within ten. */
const longestLooks = 80;

async function awaitEnd(id: string, { requests, sleep }: OperatorPorts): Promise<string> {
  for (let look = 0; look < longestLooks; look++) {
    const ended = (await requests.listEnded(20)).find((one) => one.id === id);
    if (ended) return formatEnd(ended);
    await sleep(lookMs);
  }
  throw new Error(`Written as ${id}, but no leader has taken it within 20 s: is the producer running? list shows it.`);
}
