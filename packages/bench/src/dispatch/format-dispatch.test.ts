import { formatComparison, judge, type SideResult } from './format-dispatch.ts';

const result = (side: SideResult['side'], perSecond: number, cpuEachMs: number): SideResult => ({
  ...{ side, sends: 1_000, wallMs: 1_000_000 / perSecond, cpuMs: 1_000 * cpuEachMs },
  ...{ concurrency: 2, peakMb: 100, sinksCpuMs: 0, tablesCpuMs: 0 },
});
const comparison = (...results: SideResult[]) => ({ channel: 'sms' as const, latencyMs: 0, endpoints: 1_000, results });

const library = result('library', 2_000, 0.3);
const channel = result('channel', 4_000, 0.1);

test('ours is judged by the library in a bare loop, and shown beside our adapter in one', () => {
  const kept = comparison(library, channel, result('ours', 1_700, 0.35));
  expect(judge(kept)).toMatchObject({
    ofLibrary: expect.closeTo(0.85),
    cpuAboveMs: expect.closeTo(0.05),
    isKept: true,
  });
  expect(formatComparison(kept)).toMatch(/ours +2 workers +1700 +0.85 +0.42 +0.350 +0.050 +0.250/);
});

test.each([
  ['too slow', result('ours', 1_500, 0.35)],
  ['too dear', result('ours', 1_900, 0.45)],
])('%s is a miss, and said so', (_what, ours) => {
  const missed = comparison(library, channel, ours);
  expect(judge(missed).isKept).toBe(false);
  expect(formatComparison(missed)).toContain('MISSED');
});
