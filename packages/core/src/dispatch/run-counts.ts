import type { PageKey, PageRecord } from './ledger.ts';
import type { Outcome, ReportColumn } from './outcome.ts';
import type { RunCounts } from './run.ts';

/** Where an outcome counts; `elsewhere` = on the page that it was queued on again. */
type Column = ReportColumn | 'notConcerned' | 'elsewhere';

/** The report's column of each outcome; undefined while it is not final. */
const columns: Readonly<Record<Outcome, Column | undefined>> = {
  open: undefined,
  notTried: undefined,
  retrying: undefined,
  accepted: 'accepted',
  delivered: 'accepted',
  rejected: 'failed',
  exhausted: 'failed',
  handedToBackup: 'handedToBackup',
  replayed: 'elsewhere',
  unknown: 'unknown',
  optedOut: 'suppressed',
  quietHours: 'suppressed',
  superseded: 'suppressed',
  belowThreshold: 'notConcerned',
  notInForce: 'notConcerned',
  expired: 'expired',
};

export const reportColumnOf = (outcome: Outcome): Column | undefined => columns[outcome];
export const isFinalOutcome = (outcome: Outcome): boolean => columns[outcome] !== undefined;

export const noCounts: RunCounts = {
  considered: 0,
  fromBackup: 0,
  notConcerned: 0,
  eligible: 0,
  accepted: 0,
  failed: 0,
  suppressed: 0,
  expired: 0,
  unknown: 0,
  handedToBackup: 0,
};

/** Adds up counts, column by column. */
export function sumCounts(parts: Iterable<RunCounts>): RunCounts {
  const sum = { ...noCounts };
  for (const part of parts) for (const name of Object.keys(sum) as (keyof RunCounts)[]) sum[name] += part[name];
  return sum;
}

/** A page is final when its state is and every endpoint on it has a final outcome. */
export const isFinalPage = (page: PageRecord): boolean =>
  page.state === 'void' || (page.state === 'settled' && page.entries.every(({ outcome }) => isFinalOutcome(outcome)));

/**
 * Counts of one page. Endpoints whose outcome is not final yet count nowhere, so a running sum says "at least". On a void
 * page nobody was told: all who were concerned are suppressed. Rows of the map are considered once, by the run that has the
 * map: on a page from another channel they are `fromBackup`.
 */
export function countPage(
  page: Pick<PageRecord, 'state' | 'entries' | 'voidRows' | 'voidNotConcerned'> & { key?: PageKey },
): RunCounts {
  const counts = { ...noCounts };
  if (page.state === 'void') {
    counts.notConcerned = page.voidNotConcerned ?? 0;
    counts.suppressed = (page.voidRows ?? 0) - counts.notConcerned;
  }
  for (const { outcome } of page.entries) {
    const column = columns[outcome];
    if (column && column !== 'elsewhere') counts[column] += 1;
  }
  const { accepted, failed, suppressed, expired, unknown, handedToBackup } = counts;
  counts.eligible = accepted + failed + suppressed + expired + unknown + handedToBackup;
  counts[page.key?.queued?.queue === 'backup' ? 'fromBackup' : 'considered'] = counts.notConcerned + counts.eligible;
  return counts;
}
