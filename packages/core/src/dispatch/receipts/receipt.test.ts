import { anEntry, aPageKey, aRowKey } from '@quakewire/testing';
import fc from 'fast-check';
import { type Entry, type Receipt, receivedEntry } from '../../index.ts';

const receipt = (status: Receipt['status'], messageId = 'm1'): Receipt => ({
  ...{ page: aPageKey(), slot: 0, messageId, status },
  reason: 'twilio:30003',
});
const accepted = anEntry(1, { outcome: 'accepted', messageId: 'm1', sentAtMs: 5 });
const after = (entry: Entry, receipts: Receipt[], backup?: ReturnType<typeof aRowKey>): Entry =>
  receipts.reduce((known, next) => receivedEntry(known, next, backup), entry);

test('an accepted message that arrived is delivered, also where its answer was never heard', () => {
  expect(after(accepted, [receipt('delivered')])).toEqual({ ...accepted, outcome: 'delivered' });
  const unknown = anEntry(1, { outcome: 'unknown', sentAtMs: 5 });
  expect(after(unknown, [receipt('delivered')])).toEqual({ ...unknown, outcome: 'delivered', messageId: 'm1' });
});

test('a refuted acceptance is handed to the backup, or rejected where there is none', () => {
  expect(after(accepted, [receipt('undelivered')], aRowKey(2))).toEqual({
    ...{ ...accepted, outcome: 'handedToBackup', reason: 'twilio:30003', handedTo: aRowKey(2) },
  });
  expect(after(accepted, [receipt('undelivered')])).toEqual({
    ...accepted,
    outcome: 'rejected',
    reason: 'twilio:30003',
  });
});

test('nobody of unknown fate is handed over', () => {
  const unknown = anEntry(1, { outcome: 'unknown' });
  expect(after(unknown, [receipt('undelivered')], aRowKey(2))).toEqual(unknown);
});

test('only the acceptance of that very message is refuted', () => {
  expect(after(accepted, [receipt('undelivered', 'of the first attempt')], aRowKey(2))).toEqual(accepted);
});

test('what arrived has arrived, and what was handed over stays so, in whatever order receipts come', () => {
  const statuses = fc.array(fc.constantFrom<Receipt['status']>('delivered', 'undelivered'), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(statuses, fc.boolean(), (order, hasBackup) => {
      const final = after(
        accepted,
        order.map((status) => receipt(status)),
        hasBackup ? aRowKey(2) : undefined,
      );
      const hasArrived = order.includes('delivered');
      const wasHandedOver = hasBackup && order[0] === 'undelivered';
      expect(final.outcome).toBe(wasHandedOver ? 'handedToBackup' : hasArrived ? 'delivered' : 'rejected');
    }),
  );
});
