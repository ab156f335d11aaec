import { anAlert, anEndpoint, anEntry, aPageKey, aRowKey } from '@quakewire/testing';
import fc from 'fast-check';
import {
  countPage,
  type Entry,
  expiredEntries,
  handedBackEntries,
  isFinalOutcome,
  noCounts,
  openingEntries,
  outcomes,
  reclaimedEntries,
  reportColumns,
  resendEntries,
  sealedEntries,
  standingOf,
  stateAfterSettle,
  sumCounts,
  takenAsUnknown,
} from '../index.ts';

const anyEntries = fc
  .array(fc.constantFrom(...outcomes), { maxLength: 40 })
  .map((all) => all.map((outcome, at) => anEntry(at, { outcome })));
const outcomesOf = (entries: readonly Entry[]) => entries.map(({ outcome }) => outcome);

test('no change of a page touches what is final', () => {
  const changes = [reclaimedEntries, takenAsUnknown, resendEntries, sealedEntries, expiredEntries];
  fc.assert(
    fc.property(
      anyEntries,
      fc.constantFrom(...changes, (all: readonly Entry[]) => handedBackEntries(all, false)),
      (entries, change) => {
        const after = change(entries);
        for (const [at, entry] of entries.entries())
          if (isFinalOutcome(entry.outcome)) expect(after[at]).toEqual(entry);
        expect(after).toHaveLength(entries.length);
      },
    ),
  );
});

test('after a take, and after any settle that leaves nobody to try, every outcome is final', () => {
  fc.assert(
    fc.property(anyEntries, (entries) => {
      expect(takenAsUnknown(entries).every(({ outcome }) => isFinalOutcome(outcome))).toBe(true);
      const sent = expiredEntries(entries);
      expect(stateAfterSettle(sent) === 'settled').toBe(sent.every(({ outcome }) => isFinalOutcome(outcome)));
    }),
  );
});

test('a page that was re-sent is handed back with nobody left to try: the first message may have arrived', () => {
  const left = [anEntry(1), anEntry(2, { outcome: 'retrying' })];
  expect(outcomesOf(handedBackEntries(left, true))).toEqual(['unknown', 'unknown']);
  expect(outcomesOf(handedBackEntries(left, false))).toEqual(['notTried', 'notTried']);
});

test('whoever was to be told is told no more once the row says so or cannot be read', () => {
  const endpoint = anEndpoint(1);
  const row = { sortKey: '1', endpoint };
  expect(standingOf(row)).toEqual({ endpoint });
  expect(standingOf({ ...row, endpoint: { ...endpoint, optedOut: true } })).toEqual({ outcome: 'optedOut' });
  expect(standingOf({ sortKey: '1', endpointId: endpoint.id, unreadable: 'language' })).toEqual({
    outcome: 'rejected',
    reason: 'unreadableRow',
  });
  expect(standingOf(undefined)).toEqual({ outcome: 'optedOut' });
});

test('rows are judged by stored values: in force, concerned, not opted out, readable', () => {
  const alert = anAlert();
  const row = (number: number, changes: Parameters<typeof anEndpoint>[1]) => ({
    sortKey: String(number),
    endpoint: anEndpoint(number, changes),
  });
  const rows = [
    row(1, {}),
    row(2, { validFromMs: alert.issuedAtMs }),
    row(3, { validFromMs: alert.issuedAtMs + 1 }),
    row(4, { validToMs: alert.issuedAtMs }),
    row(5, { minimumIntensity: 9 }),
    row(6, { optedOut: true }),
    row(7, { optedOut: true, minimumIntensity: 9 }),
    { sortKey: '8', endpointId: anEndpoint(8).id, unreadable: 'language' },
  ];
  const audience = { concerns: ({ minimumIntensity }: { minimumIntensity: number }) => minimumIntensity < 5 };
  expect(outcomesOf(openingEntries(rows, alert, audience))).toEqual([
    ...['open', 'open', 'notInForce', 'notInForce', 'belowThreshold', 'optedOut', 'belowThreshold', 'rejected'],
  ]);
  const told = {
    here: new Set([anEndpoint(3).id, anEndpoint(6).id]),
    byBackup: new Map([[anEndpoint(1).id, aRowKey(9)]]),
  };
  const cancelled = openingEntries(rows.slice(0, 6), anAlert({ kind: 'cancel' }), { ...audience, told });
  expect(outcomesOf(cancelled)).toEqual([
    ...['handedToBackup', 'notInForce', 'open', 'notInForce', 'notInForce', 'optedOut'],
  ]);
  expect(cancelled[0]?.handedTo).toEqual(aRowKey(9));
  const updated = openingEntries(rows.slice(0, 6), anAlert({ kind: 'update' }), {
    ...audience,
    told: { ...told, here: new Set([anEndpoint(4).id, anEndpoint(5).id]) },
  });
  expect(outcomesOf(updated)).toEqual(['handedToBackup', 'open', 'notInForce', 'open', 'open', 'optedOut']);
  expect(outcomesOf(openingEntries([row(1, { isBackup: true })], alert, audience))).toEqual(['notInForce']);
});

test('quiet hours keep an alert from whoever was not told of the earthquake before', () => {
  const night = { fromMinute: 22 * 60, toMinute: 7 * 60 };
  const row = { sortKey: '1', endpoint: anEndpoint(1, { quietHours: night }) };
  const rows = [row, { sortKey: '2', endpoint: { ...row.endpoint, optedOut: true } }];
  const alert = anAlert({ magnitude: 5, issuedAtMs: Date.parse('2025-04-23T23:00:00Z') });
  const concerns = () => true;
  expect(outcomesOf(openingEntries(rows, alert, { concerns }))).toEqual(['quietHours', 'optedOut']);
  const told = { here: new Set([row.endpoint.id]), byBackup: new Map() };
  for (const kind of ['update', 'cancel', 'allClear'] as const) {
    expect(outcomesOf(openingEntries([row], { ...alert, kind }, { concerns, told }))).toEqual(['open']);
  }
});

test('the report’s columns add up for whatever stands on a final page', () => {
  fc.assert(
    fc.property(anyEntries, (entries) => {
      // Whoever was queued once more counts on the page where that was.
      const final = entries.filter(({ outcome }) => isFinalOutcome(outcome) && outcome !== 'replayed');
      const counts = countPage({ key: aPageKey(), state: 'settled', entries });
      expect(counts.considered).toBe(final.length);
      expect(counts.considered).toBe(counts.notConcerned + counts.eligible);
      const key = aPageKey({ queued: { queue: 'backup', batch: 0 } });
      expect(countPage({ key, state: 'settled', entries })).toEqual({
        ...counts,
        considered: 0,
        fromBackup: final.length,
      });
      expect(counts.eligible).toBe(reportColumns.reduce((sum, column) => sum + counts[column], 0));
    }),
  );
});

test('a void page counts its rows: concerned ones are suppressed', () => {
  expect(countPage({ key: aPageKey(), state: 'void', entries: [], voidRows: 10, voidNotConcerned: 4 })).toEqual({
    ...noCounts,
    ...{ considered: 10, notConcerned: 4, eligible: 6, suppressed: 6 },
  });
});

test('sums of counts are counts of the union', () => {
  fc.assert(
    fc.property(anyEntries, anyEntries, (one, other) => {
      const count = (entries: readonly Entry[]) => countPage({ key: aPageKey(), state: 'settled', entries });
      expect(sumCounts([count(one), count(other)])).toEqual(count([...one, ...other]));
    }),
  );
});
