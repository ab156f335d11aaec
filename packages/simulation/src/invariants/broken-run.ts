import {
  isFinalPage,
  type Outcome,
  type Page,
  type PageRecord,
  type Run,
  type RunCounts,
  sumCounts,
} from '@quakewire/core';
import { pageNameOf, runName } from '../world/witness.ts';
import type { World } from '../world/world.ts';

/** I1-I4, I12, I16: one run after its close, page by page and summed up. */
export async function brokenRun(world: World, opened: Run): Promise<string[]> {
  const { stores, witness } = world;
  const name = runName(opened);
  const run = await stores.runs.read(opened);
  if (run?.state !== 'closed' || !run.counts) return [`I1 ${name} is not closed`];
  const map = await stores.maps.read(run.channel, run.mapVersion);
  const pages = map.segments.flatMap((segment) =>
    segment.pages.map((page, at) => ({
      page,
      record: witness.page(pageNameOf({ ...run, segmentId: segment.id, page: at })),
    })),
  );
  const missing = pages.filter(({ record }) => !record || !isFinalPage(record)).length;
  if (missing > 0) return [`I1 ${name} is closed with ${missing} of ${pages.length} pages open`];
  const broken = pages.flatMap(({ page, record }) => (record ? brokenPage(world, page, record) : []));
  const queued = queuedPages(world, run);
  const unfinished = queued.filter((record) => !isFinalPage(record)).length;
  if (unfinished > 0) return [`I1 ${name} is closed with ${unfinished} queued pages open`];
  broken.push(...queued.flatMap((record) => brokenEntries(world, record)));
  return [
    ...broken,
    ...brokenSums(name, run.counts, world, run),
    ...brokenUnknown(world, name, run),
    ...(await brokenProgress(world, run, run.counts)),
  ];
}

function brokenPage(world: World, page: Page, record: PageRecord): string[] {
  const { people, witness } = world;
  const name = pageNameOf(record.key);
  const ids = people.rowIds(record.key.channel, page.range);
  if (record.state === 'void') {
    const told = ids.filter((id) => witness.acceptances.has(`${name}/${id}`));
    if (told.length > 0) return [`I2 ${told.length} were told on the void page ${name}`];
    return record.voidRows === ids.length ? [] : [`I12 ${name} is void with ${record.voidRows} of ${ids.length} rows`];
  }
  const known = new Set(record.entries.map(({ endpointId }) => endpointId));
  if (known.size !== ids.length || ids.some((id) => !known.has(id)))
    return [`I1 ${name} has other rows than its range`];
  return brokenEntries(world, record);
}

const queuedPages = ({ witness }: World, run: Run): PageRecord[] =>
  [...witness.pages()].filter(({ key }) => key.queued && runName(key) === runName(run));

function brokenEntries({ witness }: World, record: PageRecord): string[] {
  const name = pageNameOf(record.key);
  const broken: string[] = [];
  for (const { endpointId, outcome, messageId } of record.entries) {
    const reference = `${name}/${endpointId}`;
    const times = witness.acceptances.get(reference) ?? 0;
    // A receipt may refute an acceptance, whose id stays.
    const isRefuted = messageId !== undefined && (outcome === 'rejected' || outcome === 'handedToBackup');
    const isTold = outcome === 'accepted' || outcome === 'delivered' || isRefuted;
    const problem = brokenStanding(isTold, outcome, times, record.resent);
    if (problem) broken.push(`${problem}: ${reference}: ${outcome}, accepted ${times} times`);
  }
  return broken;
}

/** @param times how often the provider accepted a message to somebody who is said to be told or not. */
function brokenStanding(isTold: boolean, outcome: Outcome, times: number, isResent: boolean): string | undefined {
  if (isTold && times === 0) return 'I2 said to be told, was not';
  if (!isTold && outcome !== 'unknown' && times > 0) return 'I2 told, said not to be';
  return times > (isResent ? 2 : 1) ? 'I3 told too often' : undefined;
}

function brokenSums(name: string, counts: RunCounts, { witness }: World, run: Run): string[] {
  const { considered, fromBackup, notConcerned, eligible, ...columns } = counts;
  const parts = Object.values(columns).reduce((sum, part) => sum + part, 0);
  if (considered + fromBackup !== notConcerned + eligible || eligible !== parts) return [`I12 ${name} does not add up`];
  let rows = 0;
  let handed = 0;
  for (const page of witness.pages()) {
    if (runName(page.key) !== runName(run)) continue;
    const here = page.entries.filter(({ outcome }) => outcome !== 'replayed').length + (page.voidRows ?? 0);
    if (page.key.queued?.queue === 'backup') handed += here;
    else rows += here;
  }
  // What a run counted when it was closed is not counted again for a receipt or a replay that comes later.
  if (considered !== rows && !witness.wasAmended(run)) return [`I12 ${name} counts ${considered} of ${rows} rows`];
  return fromBackup === handed ? [] : [`I12 ${name} counts ${fromBackup} of ${handed} from another channel`];
}

/** A crash, a long pause or a silent store leaves at most four pages unknown, a silent provider one endpoint a call. */
function brokenUnknown({ witness }: World, name: string, run: Run): string[] {
  let unknown = 0;
  let largest = 0;
  for (const page of witness.pages()) {
    if (runName(page.key) !== runName(run)) continue;
    largest = Math.max(largest, page.entries.length);
    for (const { outcome } of page.entries) if (outcome === 'unknown') unknown++;
  }
  const { deaths, longPauses, storeAmbiguities, unanswered } = witness.harm;
  const bound = 4 * largest * (deaths + longPauses + storeAmbiguities) + unanswered;
  return unknown > bound ? [`I4 ${unknown} unknown in ${name}, at most ${bound} by what happened`] : [];
}

/** What the workers said they had done is never more than what was done. */
async function brokenProgress({ stores, witness }: World, run: Run, counts: RunCounts): Promise<string[]> {
  if (witness.wasAmended(run)) return [];
  const { progress } = await stores.runs.readBoard(run);
  const shown = sumCounts(progress.map((entry) => entry.counts));
  const more = (Object.keys(counts) as (keyof RunCounts)[]).filter((column) => shown[column] > counts[column]);
  return more.map((column) => `I16 ${runName(run)} showed ${shown[column]} ${column}, ended with ${counts[column]}`);
}
