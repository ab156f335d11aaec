import type { AlertPolicy } from '../alert/alert-policy.ts';
import { isOutsideQuietHours, longestDelayMs } from './drill-time.ts';
import { type Approval, needsApproval, type OperatorRequest } from './request.ts';
import type { OpenRequest, RequestEnd } from './request-store.ts';

/** A second person agrees within this, or the request is over: what was true when it was written may not be any more. */
export const approvalMs = 15 * 60_000;
/** Clocks of two machines, both corrected to the store's. */
const clockErrorMs = 5_000;

/** What is to be done with an open request now. */
export type Judgement =
  | { do: 'carryOut'; request: OperatorRequest }
  | { do: 'wait'; for: 'approval' | 'startTime' }
  | { do: 'end'; end: RequestEnd };

const ended = (what: 'refused' | 'expired' | 'withdrawn' | 'quietHours'): Judgement => ({ do: 'end', end: { what } });

/** Judges a request by what its people wrote. @param nowMs store time. */
export function judgeRequest(
  { request, approval, withdrawal }: OpenRequest,
  nowMs: number,
  policy: Pick<AlertPolicy, 'notification'>,
): Judgement {
  if (!request) return ended('refused');
  if (withdrawal) return ended('withdrawn');
  const { asked, requestedAtMs } = request;
  if (!needsApproval(asked)) return { do: 'carryOut', request };
  if (requestedAtMs > nowMs + clockErrorMs) return ended('refused');
  if (!approval) return nowMs > requestedAtMs + approvalMs ? ended('expired') : { do: 'wait', for: 'approval' };
  if (!isApprovedByAnother(request, approval)) return ended('refused');
  if (approval.approvedAtMs > requestedAtMs + approvalMs) return ended('expired');

  const isDrill = asked.kind === 'drill';
  if (isDrill && !isOutsideQuietHours(asked, policy)) return ended('quietHours');
  if (isDrill && nowMs < asked.startAtMs) return { do: 'wait', for: 'startTime' };
  const dueAtMs = isDrill ? asked.startAtMs : requestedAtMs + approvalMs;
  return nowMs > dueAtMs + longestDelayMs ? ended('expired') : { do: 'carryOut', request };
}

/** Another principal agreed, and to exactly this. */
function isApprovedByAnother(request: OperatorRequest, { request: seen, approvedBy, approvedAtMs }: Approval): boolean {
  const { requestedBy, requestedAtMs } = request;
  return (
    approvedBy.userId !== requestedBy.userId &&
    approvedBy.arn !== requestedBy.arn &&
    approvedAtMs >= requestedAtMs - clockErrorMs &&
    JSON.stringify(seen) === JSON.stringify(request)
  );
}
