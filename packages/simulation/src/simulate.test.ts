import { createSeededRandom } from '@quakewire/testing';
import { drawFaults } from './draw-faults.ts';
import { type Fault, faultKinds } from './faults.ts';
import { runMutants } from './run-mutants.ts';
import { runSeeds } from './run-seeds.ts';
import { drawScenario } from './scenario.ts';
import { simulateSeed } from './simulate-seed.ts';
import { startThread } from './simulation-thread.ts';

/** Threads start slowly on a busy machine. */
const longMs = 120_000;

test(
  '200 seeds: nobody is missed, told twice or miscounted',
  async () => {
    let ran = 0;
    const failed = await runSeeds({ from: 1, seeds: 200, jobs: 2 }, (progress) => {
      ran = progress.ran;
    });
    expect(failed).toEqual([]);
    expect(ran).toBe(200);
  },
  longMs,
);

test('the same seed gives the same log, byte for byte', async () => {
  for (const seed of [3, 11, 29]) {
    const logs = [];
    for (let time = 0; time < 2; time++) {
      const lines: string[] = [];
      await simulateSeed(seed, { trace: (line) => lines.push(line) });
      logs.push(lines.join('\n'));
    }
    expect(logs[0]).toBe(logs[1]);
    expect(logs[0]?.length).toBeGreaterThan(10_000);
  }
});

test.each(faultKinds)('%s alone breaks nothing', async (only) => {
  for (let seed = 1; seed <= 3; seed++) {
    const { broken, faults } = await simulateSeed(seed, { only });
    expect(broken).toEqual([]);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.every(({ kind }) => kind === only)).toBe(true);
  }
});

/** Each broke something once. */
const found: { what: string; seed: number; faults: Fault[] }[] = [
  {
    what: 'whoever opts out before a re-send is not told again',
    seed: 5475,
    faults: [
      { kind: 'stop', atMs: 3095, share: 0.2, channel: 'sms' },
      { kind: 'crash', spot: { role: 'consumer', method: 'runs.markDone', nth: 2 }, when: 'after' },
    ],
  },
  {
    what: 'a store that is busy for a second makes nobody unknown',
    seed: 1480,
    faults: [{ kind: 'throttles', fromMs: 1737, forMs: 3255, share: 0.05 }],
  },
  {
    what: 'whoever an early attempt exhausted has a dead letter, although the holder dies between two attempts',
    seed: 351,
    faults: [
      { kind: 'provider-throttles', fromMs: 1555, forMs: 1516, share: 0.05, retryAfterMs: 30000 },
      {
        ...{ kind: 'pause', spot: { role: 'consumer', method: 'ledger.claim', nth: 3 }, when: 'after' },
        ...{ forMs: 38073, clockStops: false },
      },
    ],
  },
  {
    what: 'a leader that was frozen takes bulletins again',
    seed: 2465,
    faults: [
      { kind: 'several-runs', atMs: 7128, type: 'notification' },
      {
        ...{ kind: 'pause', spot: { role: 'producer', process: 0, nth: 14 }, when: 'after' },
        ...{ forMs: 28621, clockStops: false },
      },
    ],
  },
  {
    what: 'a page of another channel that a cancel ends is not shown among this channel’s',
    seed: 700697,
    faults: [
      { kind: 'stale', share: 0.5, byMs: 748 },
      { kind: 'new-sizing', atMs: 5763, maxWorkersPerSegment: 4, ratePerSecond: 500, activePartitions: 1 },
      { kind: 'cancel', atMs: 1982 },
      { kind: 'provider-errors', fromMs: 0, forMs: 20000, retryAfterMs: 30000, share: 0.17 },
      { kind: 'crash', spot: { role: 'consumer', method: 'ledger.settle', nth: 1 }, when: 'after' },
      { kind: 'crash', spot: { role: 'consumer', method: 'ledger.settle', nth: 5 }, when: 'after' },
      { kind: 'replay', atMs: 11816 },
      { kind: 'replay', atMs: 26623 },
    ],
  },
  {
    what: 'a replay that breaks off between the page that it queued and its run is completed by the next one',
    seed: 2016150,
    faults: [
      { kind: 'stale', share: 1, byMs: 470 },
      { kind: 'provider-errors', fromMs: 0, forMs: 20000, retryAfterMs: 30000, share: 0.17 },
      {
        ...{ kind: 'pause', spot: { role: 'consumer', method: 'ledger.settle', nth: 3 }, when: 'after' },
        ...{ forMs: 15109, clockStops: true },
      },
      { kind: 'replay', atMs: 28347 },
      { kind: 'crash', spot: { role: 'aside', method: 'ledger.queue', nth: 3 }, when: 'after' },
      {
        ...{ kind: 'pause', spot: { role: 'aside', method: 'ledger.amend', nth: 2 }, when: 'before' },
        ...{ forMs: 33479, clockStops: true },
      },
    ],
  },
  {
    what: 'a slot that a dead holder of an earlier sizing left is nobody’s rate',
    seed: 54021,
    faults: [
      { kind: 'crash', spot: { role: 'consumer', process: 0, nth: 19 }, when: 'before' },
      { kind: 'conflicts', method: 'ledger.claim', nth: 2, byMs: 537 },
      { kind: 'new-sizing', atMs: 1474, maxWorkersPerSegment: 4, ratePerSecond: 200, activePartitions: 5 },
      { kind: 'cancel', atMs: 3643 },
    ],
  },
  {
    what: 'whom a cancel ends in the queue of a backup is counted there, although the one that ended them died',
    seed: 839543,
    faults: [
      { kind: 'cancel', atMs: 6171 },
      { kind: 'provider-errors', fromMs: 0, forMs: 20000, retryAfterMs: 30000, share: 0.05 },
      { kind: 'crash', spot: { role: 'consumer', method: 'ledger.readQueued', nth: 1 }, when: 'after' },
      { kind: 'crash', spot: { role: 'consumer', method: 'ledger.queue', nth: 1 }, when: 'after' },
    ],
  },
  {
    what: 'whom a receipt hands to a closed run is counted there, also where a cancel ends them first',
    seed: 800057,
    faults: [
      { kind: 'throttles', fromMs: 4227, forMs: 5432, share: 0.3 },
      { kind: 'receipts', share: 0.05, undelivered: 0.9, again: 0, withinMs: 2797 },
      { kind: 'cancel', atMs: 6481 },
      ...[14571, 9265].map(
        (forMs, at): Fault => ({
          ...{ kind: 'pause', spot: { role: 'aside', method: 'ledger.amend', nth: 5 - at }, when: 'before' },
          ...{ forMs, clockStops: false },
        }),
      ),
    ],
  },
];

test.each(found)('$what', async ({ seed, faults }) => {
  expect((await simulateSeed(seed, { faults })).broken).toEqual([]);
});

test(
  'a planted mutant is found',
  async () => {
    const sought = await runMutants({ from: 1, seeds: 500, jobs: 1, name: 'settle before the send' }, () => undefined);
    expect(sought).toHaveLength(1);
    expect(sought[0]?.found?.broken[0]).toMatch(/^I\d+ /);
  },
  longMs,
);

test(
  'a failed seed is shrunk to faults that it takes, and the rest of its schedule left out',
  async () => {
    const thread = startThread('take over without waiting');
    try {
      const chunk = { from: 1, count: 100, isFirstEnough: true };
      const [whole] = (await thread.run({ ...chunk, shrinkAtMost: 0 })).failed;
      const [shrunken] = (await thread.run({ ...chunk, shrinkAtMost: 1 })).failed;
      expect(shrunken?.seed).toBe(whole?.seed);
      expect(shrunken?.broken).not.toEqual([]);
      expect(shrunken?.faults.length).toBeLessThanOrEqual(whole?.faults.length ?? 0);
      expect(whole?.faults).toEqual(expect.arrayContaining([...(shrunken?.faults ?? [])]));
    } finally {
      await thread.end();
    }
  },
  longMs,
);

test('every kind of fault is drawn', () => {
  const kinds = new Set<string>();
  for (let seed = 1; seed <= 300; seed++) {
    const random = createSeededRandom(seed);
    for (const { kind } of drawFaults(random, drawScenario(random))) kinds.add(kind);
  }
  expect([...kinds].sort()).toEqual([...faultKinds].sort());
});
