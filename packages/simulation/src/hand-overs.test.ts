import { readEvidence, reportAlert } from '@quakewire/core';
import { createSeededRandom } from '@quakewire/testing';
import type { Fault } from './faults.ts';
import { brokenInvariants } from './invariants/broken-invariants.ts';
import type { Scenario } from './scenario.ts';
import { createWorld } from './world/world.ts';

/** Two of three on SMS have a backup on Telegram. */
const scenario: Scenario = {
  ...{ channels: ['sms', 'telegram'], endpoints: 400, cells: 3, pageEndpoints: 20, segmentEndpoints: 60 },
  ...{ ratePerSecond: 200, maxWorkersPerSegment: 1, partitions: 4, invocationMs: 120_000 },
  ...{ type: 'earlyWarning', exercise: false, usefulMs: 600_000, refusals: 0, backups: 0.67 },
};
/** One call in six fails, and is to be tried again later than any holder waits. So few do not open the breaker. */
const bad: Fault = { kind: 'provider-errors', fromMs: 0, forMs: 20_000, share: 0.17, retryAfterMs: 30_000 };

async function reportOf(faults: readonly Fault[]) {
  const world = createWorld(scenario, faults, createSeededRandom(7));
  const ending = await world.run();
  expect([...world.witness.broken, ...(await brokenInvariants(world, ending))]).toEqual([]);
  const alert = await world.stores.runs.readAlert('eq1', 1);
  if (!alert) throw new Error('the alert is not there');
  const report = reportAlert(alert, await readEvidence(alert, world.stores));
  const [sms, telegram] = report.channels.map(({ counts }) => counts);
  if (!sms || !telegram) throw new Error('a channel has no report');
  return { report, sms, telegram };
}

test('whom SMS failed is told by their backup, counted there as handed over, and reached as a person', async () => {
  const { report, sms, telegram } = await reportOf([bad]);
  expect(sms.handedToBackup).toBeGreaterThan(5);
  expect(telegram.fromBackup).toBe(sms.handedToBackup);
  expect(telegram.considered + telegram.fromBackup).toBe(telegram.notConcerned + telegram.eligible);
  expect(report.complete).toBe(true);
  expect(report.peopleReached).toBe(sms.accepted + telegram.accepted);
});

test('a replay of the dead letters tells those whom nothing reached, and they count once', async () => {
  const before = await reportOf([bad]);
  const after = await reportOf([bad, { kind: 'replay', atMs: 25_000 }]);
  expect(after.report.counts.failed).toBeLessThan(before.report.counts.failed);
  // Whoever was handed over is eligible on both channels.
  const once = ({ counts }: typeof after.report) => counts.eligible - counts.handedToBackup;
  expect(once(after.report)).toBe(once(before.report));
  expect(after.report.peopleEligible).toBe(before.report.peopleEligible);
  expect(after.report.peopleReached).toBeGreaterThan(before.report.peopleReached);
});

test('receipts that refute what was accepted hand over too, and those that confirm it change no sum', async () => {
  const receipts = (undelivered: number): Fault => ({
    ...{ kind: 'receipts', share: 1, undelivered, again: 0, withinMs: 3_000 },
  });
  const none = await reportOf([]);
  const confirmed = await reportOf([receipts(0)]);
  expect(confirmed.report.counts).toEqual(none.report.counts);
  const refuted = await reportOf([receipts(1)]);
  expect(refuted.sms).toMatchObject({ accepted: 0, eligible: none.sms.eligible });
  expect(refuted.sms.handedToBackup + refuted.sms.failed - none.sms.failed).toBe(none.sms.accepted);
  expect(refuted.telegram.fromBackup).toBe(refuted.sms.handedToBackup);
});
