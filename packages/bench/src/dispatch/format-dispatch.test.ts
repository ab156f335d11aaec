import { formatComparison, judge, type SideResult } from './format-dispatch.ts';

const result = (side: SideResult['side'], perSecond: number, cpuEachMs: number): SideResult => ({
  ...{ side, sends: 1_000, wallMs: 1_000_000 / perSecond, cpuMs: 1_000 * cpuEachMs },
  ...{ concurrency: 2, peakMb: 100, sinksCpuMs: 0, tablesCpuMs: 0 },
});
const comparison = (...results: SideResult[]) => ({ channel: 'sms' as const, latencyMs: 0, endpoints: 1_000, results });

test('the limit is the faster loop, the least cost that of the cheaper one', () => {
  const judged = judge(
    comparison(result('library', 1_000, 0.5), result('channel', 2_000, 0.3), result('ours', 1_700, 0.35)),
  );
  expect(judged.ofLimit).toBeCloseTo(0.85);
  expect(judged.cpuAboveMs).toBeCloseTo(0.05);
  expect(judged.isKept).toBe(true);
});

test.each([
  ['too slow', result('ours', 1_500, 0.35)],
  ['too dear', result('ours', 1_900, 0.45)],
])('%s is a miss, and said so', (_what, ours) => {
  const missed = comparison(result('channel', 2_000, 0.3), ours);
  expect(judge(missed).isKept).toBe(false);
  expect(formatComparison(missed)).toContain('MISSED');
});
