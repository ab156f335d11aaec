import type { Alert } from '../alert/alert.ts';
import type { Endpoint } from '../endpoint.ts';
import type { EndpointRow } from '../endpoint-directory.ts';
import type { Entry } from './ledger.ts';
import type { Outcome } from './outcome.ts';

/** Whom a run may tell. */
export interface Audience {
  /** The alert's own rule, by stored values only. */
  concerns(endpoint: Endpoint, alert: Alert): boolean;
  /** Instead of the rule: a cancel reaches exactly the endpoints that may have been told before. */
  only?: ReadonlySet<string> | undefined;
}

const unreadableRow = { outcome: 'rejected', reason: 'unreadableRow' } as const;

const inForceAt = ({ validFromMs, validToMs = Number.POSITIVE_INFINITY }: Endpoint, timeMs: number): boolean =>
  validFromMs <= timeMs && timeMs < validToMs;

function judge(endpoint: Endpoint, alert: Alert, { only, concerns }: Audience): Outcome {
  if (endpoint.isBackup) return 'notInForce';
  if (only ? !only.has(endpoint.id) : !inForceAt(endpoint, alert.issuedAtMs)) return 'notInForce';
  if (!only && !concerns(endpoint, alert)) return 'belowThreshold';
  return endpoint.optedOut ? 'optedOut' : 'open';
}

/** Somebody who was to be told, by the row as it is now: the endpoint, or why it is not told any more. */
export function standingOf(row: EndpointRow | undefined): { endpoint: Endpoint } | Pick<Entry, 'outcome' | 'reason'> {
  if (!row) return { outcome: 'optedOut' };
  if ('unreadable' in row) return unreadableRow;
  return row.endpoint.optedOut ? { outcome: 'optedOut' } : { endpoint: row.endpoint };
}

/** Every row of a page with what is known before anything is sent; `open` = to be told. */
export const openingEntries = (rows: readonly EndpointRow[], alert: Alert, audience: Audience): Entry[] =>
  rows.map((row) =>
    'endpoint' in row
      ? { endpointId: row.endpoint.id, outcome: judge(row.endpoint, alert, audience) }
      : { endpointId: row.endpointId, ...unreadableRow },
  );
