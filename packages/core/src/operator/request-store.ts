import type { NoAlertReason } from '../alert/decide-alert.ts';
import type { Approval, OperatorRequest, Withdrawal } from './request.ts';

/**
 * A request that is not ended, with what its people wrote. Each document lies where only its author may write, and names
 * no other author; what lies elsewhere, or does not parse, is left out.
 */
export interface OpenRequest {
  id: string;
  request?: OperatorRequest;
  approval?: Approval;
  withdrawal?: Withdrawal;
}

/** How a request ended, beside everything that it was decided on. */
export interface EndedRequest extends OpenRequest {
  end: RequestEnd;
  endedAtMs: number;
}

/**
 * - `dispatched`: people are being told; `shadow`: they would be, were the region live; `nobody`: and why.
 *   (`isExercise`: a drill is started and stopped, nothing else).
 * - `refused`: not proven to be what two different people want, or unreadable.
 * - `expired`: not approved in time, or not carried out in time. `withdrawn`: stopped before it began.
 * - `quietHours`: the drill would have fallen into them.
 */
export type RequestEnd =
  | { what: 'dispatched' | 'shadow'; earthquakeId: string; seq: number }
  | { what: 'nobody'; why: NoAlertReason | 'notKept' | 'noSuchEarthquake' | 'isExercise' }
  | { what: 'refused' | 'expired' | 'withdrawn' | 'quietHours' };

/** Requests with their proofs, kept as long as the earthquakes. */
export interface RequestStore {
  /** Lists a new request; false if its id exists. */
  put(request: OperatorRequest): Promise<boolean>;
  /** False: it is not open, approved already, or `approvedBy` is who requested it. */
  approve(approval: Approval): Promise<boolean>;
  /** False: it is not open. */
  withdraw(withdrawal: Withdrawal): Promise<boolean>;
  /** By id. */
  listOpen(): Promise<OpenRequest[]>;
  /** Ends an open request; harmless to repeat. */
  end(ended: EndedRequest): Promise<void>;
  /** The newest ids first. */
  listEnded(count: number): Promise<EndedRequest[]>;
}
