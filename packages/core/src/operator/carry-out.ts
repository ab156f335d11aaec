import type { Alert } from '../alert/alert.ts';
import type { AlertPolicy } from '../alert/alert-policy.ts';
import type { Receiver } from '../earthquake/create-receiver.ts';
import type { Earthquake } from '../earthquake/earthquake.ts';
import type { EarthquakeStore } from '../earthquake/earthquake-store.ts';
import type { StoreTime } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import { bulletinOf } from './bulletin-of.ts';
import { judgeRequest } from './judge-request.ts';
import type { OperatorRequest } from './request.ts';
import type { OpenRequest, RequestEnd, RequestStore } from './request-store.ts';

export interface CarryOutDeps {
  earthquakes: Pick<EarthquakeStore, 'read'>;
  /** As for any other bulletin. */
  receive: Receiver;
  storeNow: StoreTime;
}

export interface RequestPassDeps extends CarryOutDeps {
  requests: Pick<RequestStore, 'listOpen' | 'end'>;
  policy(): Promise<AlertPolicy>;
  logger: Logger;
}

/**
 * Ends every open request whose time has come: carries it out or says why not. May be repeated at any point: a request is
 * a bulletin under its own id, which is taken once. @throws AggregateError when some could not be ended; the others were.
 */
export async function carryOutRequests(deps: RequestPassDeps): Promise<void> {
  const open = await deps.requests.listOpen();
  if (open.length === 0) return;
  const policy = await deps.policy();
  const results = await Promise.allSettled(open.map((one) => pass(one, policy, deps)));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} requests of operators not ended yet`);
}

async function pass(open: OpenRequest, policy: AlertPolicy, deps: RequestPassDeps): Promise<void> {
  const judgement = judgeRequest(open, deps.storeNow(), policy);
  if (judgement.do === 'wait') return;
  const end = judgement.do === 'end' ? judgement.end : await carryOut(judgement.request, deps);
  await deps.requests.end({ ...open, end, endedAtMs: deps.storeNow() });
  const people = {
    requestedBy: open.request?.requestedBy.arn,
    approvedBy: open.approval?.approvedBy.arn,
    withdrawnBy: open.withdrawal?.withdrawnBy.arn,
  };
  deps.logger.info(
    { request: open.id, asked: open.request?.asked.kind, ...people, ...end },
    "operators' request ended",
  );
}

/** Says it as a bulletin, which takes the way of every other. */
export async function carryOut(request: OperatorRequest, deps: CarryOutDeps): Promise<RequestEnd> {
  const { asked } = request;
  const known = 'earthquakeId' in asked ? await deps.earthquakes.read(asked.earthquakeId) : undefined;
  const bulletin = bulletinOf(request, known, deps.storeNow());
  if (!bulletin) return { what: 'nobody', why: 'noSuchEarthquake' };
  if (known && bulletin.exercise && asked.kind !== 'cancel') return { what: 'nobody', why: 'isExercise' };
  const received = await deps.receive(bulletin);
  if ('alert' in received) return told('dispatched', received.alert);
  if ('shadow' in received) return told('shadow', received.shadow);
  const earlier = 'earthquakeId' in received ? await deps.earthquakes.read(received.earthquakeId) : undefined;
  return (earlier && takenBefore(request, earlier)) ?? { what: 'nobody', why: received.none };
}

const told = (what: 'dispatched' | 'shadow', { earthquakeId, seq }: Alert): RequestEnd => ({ what, earthquakeId, seq });

/** A pass that died before it could say so has carried it out: the newest alert was decided on this very bulletin. */
function takenBefore({ id }: OperatorRequest, { bulletins, lastAlert, shadow }: Earthquake): RequestEnd | undefined {
  const own = bulletins.find((bulletin) => bulletin.source === 'operator' && bulletin.id === id);
  if (!own || !lastAlert || lastAlert.receivedAtMs !== own.receivedAtMs) return undefined;
  return told(shadow ? 'shadow' : 'dispatched', lastAlert);
}
