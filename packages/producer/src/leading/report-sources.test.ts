import type { Source, SourceHealth } from '../sources/source.ts';
import { reportSources } from './report-sources.ts';

const minuteMs = 60_000;
const nowMs = 1_000 * minuteMs;

function reportOf(health: Partial<SourceHealth>): Record<string, number> {
  const values: Record<string, number> = {};
  const source: Source = {
    name: 'emsc',
    run: async () => undefined,
    health: () => ({
      ...{ parsed: 1, skipped: 2, rejected: 3, failures: 4, listeningSinceMs: nowMs - 10 * minuteMs },
      ...{ lastHeardAtMs: undefined, newestVersionMs: undefined, ...health },
    }),
  };
  reportSources(
    [source],
    { add: (name, value) => Object.assign(values, { [name]: value }), flush: () => undefined },
    nowMs,
  );
  return values;
}

describe('what is reported of a source', () => {
  it('is what it counted, and how fresh it is', () => {
    expect(reportOf({ lastHeardAtMs: nowMs - 1_000, newestVersionMs: nowMs - 5 * minuteMs })).toEqual({
      ...{ 'emsc.parsed': 1, 'emsc.skipped': 2, 'emsc.rejected': 3, 'emsc.failures': 4 },
      ...{ 'emsc.silence': 1_000, 'emsc.bulletinAge': 5 * minuteMs },
    });
  });

  it('says of a feed that never answered how long it was listened to in vain', () => {
    expect(reportOf({})).toMatchObject({ 'emsc.silence': 10 * minuteMs });
    expect(reportOf({})).not.toHaveProperty(['emsc.bulletinAge']);
  });

  it('shows a feed that answers and yet stopped months ago, as one did in 2025 (MCEEW#31)', () => {
    const stoppedMs = nowMs - 25 * 24 * 60 * minuteMs;
    expect(reportOf({ lastHeardAtMs: nowMs, newestVersionMs: stoppedMs })).toMatchObject({
      'emsc.silence': 0,
      'emsc.bulletinAge': 25 * 24 * 60 * minuteMs,
    });
  });
});
