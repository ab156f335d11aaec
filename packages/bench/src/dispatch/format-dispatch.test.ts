import { formatComparison, judge, type SideResult } from './format-dispatch.ts';

const result = (side: SideResult['side'], perSecond: number, cpuEachMs: number, isPaced = false): SideResult => ({
  ...{ side, isPaced, sends: 1_000, wallMs: 1_000_000 / perSecond, cpuMs: 1_000 * cpuEachMs },
  ...{ concurrency: 2, peakMb: 100, sinksCpuMs: 0, tablesCpuMs: 0 },
});
const bareLoops = [
  result('library', 2_000, 0.3),
  result('channel', 4_000, 0.1),
  result('library', 1_700, 0.4, true),
  result('channel', 1_700, 0.2, true),
];
const comparison = (ours: SideResult) => ({
  ...{ channel: 'sms' as const, latencyMs: 0, endpoints: 1_000 },
  results: [...bareLoops, ours],
});

test('ours is judged by the throughput of the library at its best and by its processor time at our pace', () => {
  const kept = comparison(result('ours', 1_700, 0.45));
  expect(judge(kept)).toMatchObject({
    ofLibrary: expect.closeTo(0.85),
    cpuAboveMs: expect.closeTo(0.05),
    isKept: true,
  });
  expect(formatComparison(kept)).toMatch(/ours +2 workers +1700 +0.85 +0.42 +0.450 +0.050 +0.250/);
});

test.each([
  ['too slow', result('ours', 1_500, 0.45)],
  ['too dear', result('ours', 1_900, 0.55)],
])('%s is a miss, and said so', (_what, ours) => {
  const missed = comparison(ours);
  expect(judge(missed).isKept).toBe(false);
  expect(formatComparison(missed)).toContain('MISSED');
});
