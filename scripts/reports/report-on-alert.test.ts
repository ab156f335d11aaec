import type { Entry, RunCounts } from '@quakewire/core';
import {
  anAlert,
  anEntry,
  aPage,
  aPageKey,
  aRun,
  aSegment,
  aSegmentMap,
  createInMemoryArchive,
  createInMemoryLedger,
  createInMemoryRunStore,
  createInMemorySegmentMapStore,
  someCounts,
} from '@quakewire/testing';
import { formatOverview } from './format-overview.ts';
import { reportOnAlert } from './report-on-alert.ts';

const alert = anAlert();
const sentAtMs = alert.receivedAtMs + 500;
const accepted = (number: number): Entry => anEntry(number, { outcome: 'accepted', sentAtMs });

function createStores() {
  const [runs, ledger] = [createInMemoryRunStore(), createInMemoryLedger()];
  return { runs, ledger, maps: createInMemorySegmentMapStore(), archive: createInMemoryArchive(runs, ledger) };
}
type Stores = ReturnType<typeof createStores>;

/** An alert with a run on SMS of one segment with two pages, the first of them settled. */
async function createHalfDone(): Promise<Stores> {
  const stores = createStores();
  await stores.runs.putAlert(alert);
  await stores.maps.publish(aSegmentMap({ segments: [aSegment({ pages: [aPage(), aPage()] })] }));
  await stores.runs.open(aRun());
  await settle(stores, 0, [accepted(1), anEntry(2, { outcome: 'rejected', sentAtMs })]);
  return stores;
}

async function settle({ ledger }: Stores, page: number, entries: Entry[]): Promise<void> {
  await ledger.claim(aPageKey({ page }), 'w', entries);
  await ledger.settle({ key: aPageKey({ page }), owner: 'w', epoch: 1 }, entries);
}

test('while pages are open the report is a running one and says "at least"', async () => {
  const overview = await reportOnAlert({ earthquakeId: 'eq1', seq: 1 }, await createHalfDone());
  expect(overview).toMatchObject({ report: { complete: false, counts: { eligible: 2 } }, pendingPages: { sms: 1 } });
  const text = formatOverview(overview);
  expect(text).toContain('RUNNING: every count is "at least"; pages still to be settled: sms 1');
  expect(text).toContain('people  at least 1 of at least 2 reached');
});

test('when every page is settled it is final, and its numbers add up', async () => {
  const stores = await createHalfDone();
  await settle(stores, 1, [accepted(3), anEntry(4, { outcome: 'belowThreshold' })]);
  const overview = await reportOnAlert({ earthquakeId: 'eq1' }, stores);
  const expected: RunCounts = { ...someCounts(2), considered: 4, notConcerned: 1, eligible: 3, failed: 1 };
  expect(overview.report).toMatchObject({ complete: true, counts: expected, peopleReached: 2, peopleEligible: 3 });
  const text = formatOverview(overview);
  expect(text).toContain('FINAL');
  expect(text).not.toContain('at least 2');
  expect(text).toMatch(/^first call +0\.50 s/m);
  expect(text).toContain('no run  email, telegram, webhook');
});

test('without a number the newest alert of the earthquake is reported', async () => {
  const stores = await createHalfDone();
  await stores.runs.putAlert(anAlert({ seq: 2, kind: 'update' }));
  await stores.runs.open(aRun({ seq: 2, kind: 'update' }));
  expect((await reportOnAlert({ earthquakeId: 'eq1' }, stores)).alert.seq).toBe(2);
  expect((await reportOnAlert({ earthquakeId: 'eq1', seq: 1 }, stores)).alert.seq).toBe(1);
});

test('an exercise is called one', async () => {
  const stores = createStores();
  await stores.runs.putAlert(anAlert({ exercise: true }));
  await stores.maps.publish(aSegmentMap());
  await stores.runs.open(aRun());
  expect(formatOverview(await reportOnAlert({ earthquakeId: 'eq1' }, stores))).toContain('EXERCISE, alert');
});

test('a closed run is reported after its map was removed; an open one is not, since nobody knows what is left', async () => {
  const stores = createStores();
  await stores.runs.putAlert(alert);
  await stores.runs.open(aRun());
  await settle(stores, 0, [accepted(1)]);
  await expect(reportOnAlert({ earthquakeId: 'eq1' }, stores)).rejects.toThrow('does not exist');
  await stores.runs.close(aRun(), someCounts(1));
  const { report } = await reportOnAlert({ earthquakeId: 'eq1' }, stores);
  expect(report).toMatchObject({ complete: true, counts: someCounts(1), channels: [{ orderKept: undefined }] });
});

test('what cannot be reported is said with the reason', async () => {
  const stores = createStores();
  const report = (seq?: number) => reportOnAlert(seq ? { earthquakeId: 'eq1', seq } : { earthquakeId: 'eq1' }, stores);
  await expect(report()).rejects.toThrow('No alert of earthquake eq1 is kept');
  await stores.runs.putAlert(alert);
  await expect(report(7)).rejects.toThrow('Earthquake eq1 has no such alert; it has 1.');
  await expect(report(1)).rejects.toThrow('Alert eq1/1 has no run');
});
