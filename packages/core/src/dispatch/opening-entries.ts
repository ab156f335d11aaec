import type { Alert } from '../alert/alert.ts';
import { isLeftAsleep } from '../alert/quiet-hours.ts';
import type { Endpoint, RowKey } from '../endpoint.ts';
import type { EndpointRow } from '../endpoint-directory.ts';
import type { Entry } from './ledger.ts';

/** Whom a run may tell. */
export interface Audience {
  /** The alert's own rule, by stored values only. */
  concerns(endpoint: Endpoint, alert: Alert): boolean;
  /** A cancel reaches exactly those who may have been told before, instead of the rule; an update and an all-clear them too. */
  told?: Told | undefined;
}

/** Everybody on a page who may have been told by an earlier alert. */
export interface Told {
  /** By id, on this channel. */
  here: ReadonlySet<string>;
  /** Not here, but by their backup, whose row it is. */
  byBackup: ReadonlyMap<string, RowKey>;
}

const unreadableRow = { outcome: 'rejected', reason: 'unreadableRow' } as const;

const inForceAt = ({ validFromMs, validToMs = Number.POSITIVE_INFINITY }: Endpoint, timeMs: number): boolean =>
  validFromMs <= timeMs && timeMs < validToMs;

function judge(endpoint: Endpoint, alert: Alert, { told, concerns }: Audience): Pick<Entry, 'outcome' | 'handedTo'> {
  if (endpoint.isBackup) return { outcome: 'notInForce' };
  const handedTo = told?.byBackup.get(endpoint.id);
  if (handedTo) return { outcome: 'handedToBackup', handedTo };
  const wasTold = told?.here.has(endpoint.id) ?? false;
  if (!wasTold && (alert.kind === 'cancel' || !inForceAt(endpoint, alert.issuedAtMs))) return { outcome: 'notInForce' };
  if (!wasTold && !concerns(endpoint, alert)) return { outcome: 'belowThreshold' };
  if (endpoint.optedOut) return { outcome: 'optedOut' };
  // Whoever was told is told the rest, at any hour.
  return { outcome: !wasTold && isLeftAsleep(endpoint, alert) ? 'quietHours' : 'open' };
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
      ? { endpointId: row.endpoint.id, ...judge(row.endpoint, alert, audience) }
      : { endpointId: row.endpointId, ...unreadableRow },
  );
