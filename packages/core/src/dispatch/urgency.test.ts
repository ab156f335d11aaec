import fc from 'fast-check';
import {
  durationsOf,
  isExpired,
  mayResendUnknown,
  type OpenRun,
  runsToWorkOn,
  startBoundMs,
  urgencies,
  urgencyOf,
} from '../index.ts';

const anOpenRun = (changes: Partial<OpenRun>): OpenRun => ({
  ...{ earthquakeId: 'eq1', seq: 1, channel: 'sms', urgency: 'notification', issuedAtMs: 0, expiresAtMs: 1 },
  ...changes,
});

test.each([
  [{ kind: 'alert', type: 'earlyWarning' }, 'earlyWarning'],
  [{ kind: 'update', type: 'earlyWarning' }, 'earlyWarning'],
  [{ kind: 'cancel', type: 'earlyWarning' }, 'cancel'],
  [{ kind: 'update', type: 'notification' }, 'update'],
  [{ kind: 'allClear', type: 'notification' }, 'allClear'],
  [{ kind: 'alert', type: 'notification' }, 'notification'],
] as const)('%j is as urgent as %s, and a drill of it only an exercise', (alert, urgency) => {
  expect(urgencyOf({ ...alert, exercise: false })).toBe(urgency);
  expect(urgencyOf({ ...alert, exercise: true })).toBe('exercise');
});

test('workers go to the most urgent run, then to the one issued first, and never to a superseded one', () => {
  const runs = [
    anOpenRun({ earthquakeId: 'late', issuedAtMs: 2 }),
    anOpenRun({ earthquakeId: 'early', issuedAtMs: 1 }),
    anOpenRun({ earthquakeId: 'gone', urgency: 'earlyWarning', supersededBySeq: 2 }),
    anOpenRun({ earthquakeId: 'drill', urgency: 'exercise' }),
    anOpenRun({ earthquakeId: 'cancel', urgency: 'cancel', issuedAtMs: 9 }),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(runs, { minLength: runs.length }), (shuffled) => {
      expect(runsToWorkOn(shuffled).map(({ earthquakeId }) => earthquakeId)).toEqual([
        'cancel',
        'early',
        'late',
        'drill',
      ]);
    }),
  );
});

test('every urgency has its place in one order', () => {
  expect(new Set(urgencies).size).toBe(7);
});

test.each(['earlyWarning', 'notification'] as const)(
  'durations of a(n) %s leave room for the last send and its record',
  (type) => {
    const durations = durationsOf({ type });
    expect(startBoundMs(durations)).toBeGreaterThanOrEqual(2_000);
    expect(startBoundMs(durations) + durations.sendTimeoutMs + durations.storeTimeoutMs).toBeLessThanOrEqual(
      durations.holdMs,
    );
    expect(durations.takeMs).toBeGreaterThanOrEqual(1.16 * durations.holdMs);
  },
);

test('only early warnings and cancels are worth the risk of telling somebody twice', () => {
  expect(mayResendUnknown({ kind: 'alert', type: 'earlyWarning' })).toBe(true);
  expect(mayResendUnknown({ kind: 'cancel', type: 'notification' })).toBe(true);
  expect(mayResendUnknown({ kind: 'alert', type: 'notification' })).toBe(false);
  expect(mayResendUnknown({ kind: 'allClear', type: 'earlyWarning' })).toBe(false);
});

test('sending ends a second and a half before the expiry', () => {
  expect([isExpired({ expiresAtMs: 10_000 }, 8_499), isExpired({ expiresAtMs: 10_000 }, 8_500)]).toEqual([false, true]);
});
