import { anAlert, anEndpoint, anEntry, aPage, aPageKey, aRun, aSegment, aSegmentMap } from '@quakewire/testing';
import type { Outcome, PageRecord, RunEvidence } from '../index.ts';
import { countPage, reportAlert, sumCounts } from '../index.ts';

const alert = anAlert();

/** One segment a row, 30 km farther each, one page each, whose endpoints were sent to at these times after the bulletin. */
function evidence(
  sends: { outcome: Outcome; afterMs?: number; person?: number }[][],
  pending: string[] = [],
): RunEvidence {
  const segments = sends.map((_, id) =>
    aSegment({
      id,
      centre: { latitude: alert.hypocentre.latitude + 0.3 * (id + 1), longitude: alert.hypocentre.longitude },
      pages: [aPage()],
    }),
  );
  const pages = sends.map((rows, segmentId): PageRecord => {
    const entries = rows.map(({ outcome, afterMs, person }, at) => ({
      ...anEntry(person ?? 100 * segmentId + at, { outcome }),
      ...(afterMs === undefined ? {} : { sentAtMs: alert.receivedAtMs + afterMs }),
    }));
    return {
      key: aPageKey({ segmentId }),
      state: 'settled',
      epoch: 1,
      beat: 0,
      owner: 'w',
      resent: false,
      entries,
      version: 0,
    };
  });
  const counts = sumCounts(pages.map(countPage));
  return {
    run: aRun({ segmentOrder: segments.map(({ id }) => id) }),
    map: aSegmentMap({ segments }),
    ledger: { pages, pending, handOvers: [], counts },
  };
}

test('the report counts outcomes, and people once whatever channels reached them', () => {
  const sms = evidence([
    [
      { outcome: 'accepted', afterMs: 500, person: 1 },
      { outcome: 'rejected', afterMs: 510, person: 2 },
    ],
  ]);
  const email = evidence([
    [
      { outcome: 'delivered', afterMs: 700, person: 1 },
      { outcome: 'belowThreshold', person: 3 },
    ],
  ]);
  const report = reportAlert(alert, [sms, { ...email, run: aRun({ channel: 'email' }) }]);
  expect(report).toMatchObject({ complete: true, peopleEligible: 2, peopleReached: 1 });
  expect(report.counts).toMatchObject({ considered: 4, notConcerned: 1, eligible: 3, accepted: 2, failed: 1 });
  expect(report.channels.map(({ channel }) => channel)).toEqual(['sms', 'email']);
});

test('two endpoints of one person are one person', () => {
  const { id } = anEndpoint(1);
  const run = evidence([[{ outcome: 'accepted', afterMs: 1, person: 1 }]]);
  const second = { ...anEntry(1), endpointId: `${id.slice(0, 12)}0002`, outcome: 'accepted' as const };
  const [page] = run.ledger.pages;
  const pages = page ? [{ ...page, entries: [...page.entries, second] }] : [];
  expect(reportAlert(alert, [{ ...run, ledger: { ...run.ledger, pages } }]).peopleReached).toBe(1);
});

test('delays are counted from the bulletin’s last byte, by nearest rank', () => {
  const rows = Array.from({ length: 200 }, (_, at) => ({ outcome: 'accepted' as const, afterMs: 10 * (200 - at) }));
  expect(reportAlert(alert, [evidence([rows])]).delays).toEqual({
    firstMs: 10,
    p50Ms: 1_000,
    p99Ms: 1_980,
    maxMs: 2_000,
  });
});

test('order kept is the share of pairs, more than 2 s of S wave apart, whose nearer segment was begun first', () => {
  const at = (afterMs: number) => [{ outcome: 'accepted' as const, afterMs }];
  const orderKept = (...times: number[]) => reportAlert(alert, [evidence(times.map(at))]).channels[0]?.orderKept;
  expect(orderKept(1, 2, 3)).toBe(1);
  expect(orderKept(2, 1, 3)).toBeCloseTo(2 / 3);
  expect(orderKept(3, 2, 1)).toBe(0);
  expect(orderKept(1)).toBeUndefined();
  const both = reportAlert(alert, [evidence([1, 2, 3].map(at)), evidence([2, 1].map(at))]);
  expect(both.orderKept).toBeCloseTo(3 / 4);
});

test('while pages are pending the report says so, and nothing sent has no delays', () => {
  const report = reportAlert(alert, [evidence([[{ outcome: 'open' }]], ['0/0'])]);
  expect(report).toMatchObject({ complete: false, delays: undefined, peopleReached: 0 });
});
