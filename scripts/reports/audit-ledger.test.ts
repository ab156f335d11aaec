import { type Entry, type Outcome, outcomes, type PageKey, reportColumnOf } from '@quakewire/core';
import {
  anAlert,
  anEndpoint,
  anEntry,
  aPageKey,
  aRun,
  createInMemoryArchive,
  createInMemoryLedger,
  createInMemoryRunStore,
} from '@quakewire/testing';
import { auditLedger } from './audit-ledger.ts';
import { formatAudit } from './format-audit.ts';

const sentAtMs = Date.UTC(2025, 3, 23, 9, 50, 0, 120);
const [alert, update] = [anAlert(), anAlert({ seq: 2, kind: 'update' })];
const person = anEndpoint(1).id.slice(0, 12);

function createStores() {
  const [runs, ledger] = [createInMemoryRunStore(), createInMemoryLedger()];
  const settle = async (key: Partial<PageKey>, entries: Entry[]): Promise<void> => {
    await ledger.claim(aPageKey(key), 'w', entries);
    await ledger.settle({ key: aPageKey(key), owner: 'w', epoch: 1 }, entries);
  };
  return { runs, ledger, archive: createInMemoryArchive(runs, ledger), settle };
}

/** Person 1 told by SMS, not by e-mail; person 2 not concerned; then an update that only person 2 is told. */
async function createHistory() {
  const stores = createStores();
  for (const one of [alert, update]) await stores.runs.putAlert(one);
  const told = anEntry(1, { outcome: 'accepted', messageId: 'SM1', sentAtMs });
  await stores.settle({}, [told, anEntry(2, { outcome: 'belowThreshold' })]);
  await stores.settle({ channel: 'email' }, [anEntry(1, { outcome: 'rejected', reason: 'ses-bounced', sentAtMs })]);
  await stores.settle({ seq: 2 }, [anEntry(2, { outcome: 'unknown', sentAtMs })]);
  return stores;
}

test('a person is told about every alert: when, by which channel, or why not', async () => {
  const audit = await auditLedger({ subscriber: person }, await createHistory());
  expect(audit.rows).toMatchObject([
    { seq: 1, channel: 'email', person, told: 'no', outcome: 'rejected', reason: 'ses-bounced' },
    { seq: 1, channel: 'sms', person, told: 'yes', outcome: 'accepted', messageId: 'SM1', sentAtMs },
  ]);
  const lines = formatAudit(audit).split('\n');
  expect(lines).toContainEqual(
    expect.stringMatching(/sms +TOLD +2025-04-23 09:50:00\.120Z +the provider accepted it; message SM1$/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/email +not told .*refused it for good; reason ses-bounced$/));
  expect(lines).toContain('  nobody asked for is named in its ledger');
});

test('an endpoint is found by its own id, without the person’s others', async () => {
  const stores = await createHistory();
  const other = { ...anEntry(1), endpointId: `${person}0002`, outcome: 'expired' as const };
  await stores.settle({ page: 1 }, [other]);
  expect((await auditLedger({ subscriber: other.endpointId }, stores)).rows).toHaveLength(1);
  expect((await auditLedger({ subscriber: person }, stores)).rows).toHaveLength(3);
});

test('an alert names everybody on its pages; an earthquake, those of all its alerts', async () => {
  const stores = await createHistory();
  const toldBy = async (seq?: number) => {
    const { rows } = await auditLedger({ alert: { earthquakeId: 'eq1', ...(seq ? { seq } : {}) } }, stores);
    return rows.map((row) => `${row.seq} ${row.channel} ${row.endpointId} ${row.told}`);
  };
  const [first, second] = [anEndpoint(1).id, anEndpoint(2).id];
  const ofAlert = [`1 email ${first} no`, `1 sms ${first} yes`, `1 sms ${second} no`];
  expect(await toldBy(1)).toEqual(ofAlert);
  expect(await toldBy()).toEqual([...ofAlert, `2 sms ${second} perhaps`]);
});

test('told, not told, perhaps and not yet agree with the report’s columns for every outcome', async () => {
  const stores = createStores();
  await stores.settle(
    {},
    outcomes.map((outcome, at) => anEntry(at + 1, { outcome })),
  );
  const { rows } = await auditLedger({ alert: { earthquakeId: 'eq1' } }, stores);
  const told = (outcome: Outcome) => rows.find((row) => row.outcome === outcome)?.told;
  const byColumn = { accepted: 'yes', unknown: 'perhaps' } as Record<string, string>;
  for (const outcome of outcomes) {
    const column = reportColumnOf(outcome);
    expect([outcome, told(outcome)]).toEqual([outcome, column === undefined ? 'notYet' : (byColumn[column] ?? 'no')]);
  }
});

test('pages that were sealed name nobody: they are counted', async () => {
  const stores = await createHistory();
  await stores.ledger.seal(aPageKey({ page: 5 }), 80, 30);
  await stores.ledger.seal(aPageKey({ page: 6 }), 20, 0);
  const audit = await auditLedger({ alert: { earthquakeId: 'eq1', seq: 1 } }, stores);
  expect(audit.sealed).toEqual([
    { earthquakeId: 'eq1', seq: 1, channel: 'sms', pages: 2, endpoints: 100, notConcerned: 30 },
  ]);
  expect(formatAudit(audit)).toContain('100 endpoints on 2 pages, 30 of them not concerned');
});

test('while a run is open the audit says that more may follow, also when nobody is named yet', async () => {
  const stores = createStores();
  await stores.runs.putAlert(alert);
  await stores.runs.open(aRun());
  const audit = await auditLedger({ alert: { earthquakeId: 'eq1' } }, stores);
  expect(audit).toMatchObject({ running: ['eq1/1'], rows: [] });
  expect(formatAudit(audit)).toContain('RUNNING: whoever is not named here may still be told');
});

test('the ledger still tells when the alert itself is no longer kept', async () => {
  const stores = createStores();
  await stores.settle({ earthquakeId: 'old' }, [anEntry(1, { outcome: 'delivered', sentAtMs })]);
  const audit = await auditLedger({ subscriber: person }, stores);
  expect(audit).toMatchObject({ alerts: [], rows: [{ earthquakeId: 'old', told: 'yes' }] });
  expect(formatAudit(audit)).toContain('old/1  (the alert itself is no longer kept, its ledger is)');
});

test('nothing found is an error that repeats nothing of what was asked for', async () => {
  const stores = await createHistory();
  const nobody = auditLedger({ subscriber: '905321234567' }, stores);
  await expect(nobody).rejects.toThrow('names no such subscriber');
  await expect(nobody).rejects.not.toThrow('90532');
  await expect(auditLedger({ alert: { earthquakeId: 'eq2' } }, stores)).rejects.toThrow('nothing of this alert');
});

test('reasons that depend on the alert, or on whether anything was sent, are told apart', async () => {
  const stores = createStores();
  await stores.runs.putAlert(anAlert({ kind: 'cancel' }));
  const neverSent = anEntry(2, { outcome: 'rejected', reason: 'unreadableRow' });
  await stores.settle({}, [anEntry(1, { outcome: 'notInForce' }), neverSent]);
  const text = formatAudit(await auditLedger({ alert: { earthquakeId: 'eq1' } }, stores));
  expect(text).toContain('not told by the alert before, so nothing to take back');
  expect(text).toContain('could not be sent at all; reason unreadableRow');
});
