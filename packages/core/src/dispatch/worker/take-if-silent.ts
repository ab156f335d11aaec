import type { PageRecord } from '../ledger.ts';
import { takenAsUnknown } from '../page-entries.ts';
import { pageName } from '../page-name.ts';
import { countPage } from '../run-counts.ts';
import { durationsOf } from '../urgency.ts';
import type { Worker } from './worker.ts';

/** Ends an earlier alert's page that its holder left: who is not known of may have been told. `inFlight`: not yet. */
export async function takeIfSilent(
  worker: Worker,
  page: PageRecord,
): Promise<Pick<PageRecord, 'entries'> | 'inFlight'> {
  const { ledger, runs } = worker.ports;
  const silentMs = worker.watch.unchangedMs(pageName(page.key), holderVersion(page));
  const run = await runs.read(page.key);
  if (silentMs < (run?.durations ?? durationsOf({ type: 'notification' })).takeMs) return 'inFlight';
  const taken = await ledger.takeAsUnknown(page, worker.nextOwner());
  if (!taken.applied) return 'inFlight';
  // Shown is only what the silent holder had recorded: it may yet come back and tell the truth about the rest.
  worker.progress.add(page.key, countPage(page));
  return { entries: takenAsUnknown(page.entries) };
}

/** Changes with every sign of life of a page's holder. */
export const holderVersion = ({ epoch, beat, owner }: PageRecord): string => `${epoch}/${beat}/${owner}`;
