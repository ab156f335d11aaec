import type { Alert } from '../alert/alert.ts';
import type { ChannelName } from '../channel/channel.ts';
import { personOf } from '../endpoint.ts';
import type { PageRecord } from './ledger.ts';
import type { RunLedger } from './read-run-ledger.ts';
import type { Run, RunCounts } from './run.ts';
import { reportColumnOf, sumCounts } from './run-counts.ts';
import type { SegmentMap } from './segment-map.ts';
import { sArrivalMs } from './segment-order.ts';

/** One channel's run with all that is known of it. */
export interface RunEvidence {
  run: Run;
  map: SegmentMap;
  ledger: RunLedger;
}

/** Milliseconds from the bulletin's last byte to the start of a provider call. */
export interface SendDelays {
  firstMs: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

export interface RunReport {
  channel: ChannelName;
  /** Every page of the pinned map is final: the counts are exact and add up; before that they say "at least". */
  complete: boolean;
  counts: RunCounts;
  /** Undefined while nothing was sent. */
  delays: SendDelays | undefined;
  /** Of segment pairs whose S arrivals differ by more than 2 s, the share whose nearer one was sent to first. */
  orderKept: number | undefined;
}

export interface AlertReport {
  complete: boolean;
  /** Over all channels. */
  counts: RunCounts;
  /** Distinct people concerned on any channel, and those of them whom at least one channel reached. */
  peopleEligible: number;
  peopleReached: number;
  delays: SendDelays | undefined;
  /** Over the pairs of all channels, each pair within its channel. */
  orderKept: number | undefined;
  channels: RunReport[];
}

/** The running or final report of an alert, from the ledger alone. */
export function reportAlert(alert: Alert, runs: readonly RunEvidence[]): AlertReport {
  const channels = runs.map((evidence) => reportRun(alert, evidence));
  const pages = runs.flatMap(({ ledger }) => ledger.pages);
  return {
    complete: channels.every(({ complete }) => complete),
    counts: sumCounts(channels.map(({ counts }) => counts)),
    peopleEligible: countPeople(pages, (column) => column !== undefined && column !== 'notConcerned'),
    peopleReached: countPeople(pages, (column) => column === 'accepted'),
    delays: delaysOf(alert, pages),
    orderKept: shareKept(runs.map(({ map, ledger }) => orderedPairs(alert, map, ledger.pages))),
    channels,
  };
}

function reportRun(alert: Alert, { run, map, ledger }: RunEvidence): RunReport {
  return {
    channel: run.channel,
    complete: ledger.pending.length === 0,
    counts: ledger.counts,
    delays: delaysOf(alert, ledger.pages),
    orderKept: shareKept([orderedPairs(alert, map, ledger.pages)]),
  };
}

function countPeople(
  pages: readonly PageRecord[],
  isCounted: (column: ReturnType<typeof reportColumnOf>) => boolean,
): number {
  const people = new Set<string>();
  for (const { entries } of pages) {
    for (const { endpointId, outcome } of entries)
      if (isCounted(reportColumnOf(outcome))) people.add(personOf(endpointId));
  }
  return people.size;
}

function delaysOf({ receivedAtMs }: Alert, pages: readonly PageRecord[]): SendDelays | undefined {
  const sent = pages.flatMap(({ entries }) =>
    entries.flatMap(({ sentAtMs }) => (sentAtMs === undefined ? [] : [sentAtMs])),
  );
  const delays = Float64Array.from(sent, (sentAtMs) => sentAtMs - receivedAtMs).sort();
  if (delays.length === 0) return undefined;
  /** Nearest rank: the smallest value that at least this share of all does not exceed. */
  const at = (share: number): number => delays[Math.max(0, Math.ceil(share * delays.length) - 1)] ?? 0;
  return { firstMs: at(0), p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

/** Arrivals closer together than this have no order worth keeping. */
const orderedFromMs = 2_000;

interface OrderedPairs {
  kept: number;
  pairs: number;
}

function shareKept(parts: readonly OrderedPairs[]): number | undefined {
  const pairs = parts.reduce((sum, part) => sum + part.pairs, 0);
  return pairs === 0 ? undefined : parts.reduce((sum, part) => sum + part.kept, 0) / pairs;
}

function orderedPairs(alert: Alert, map: SegmentMap, pages: readonly PageRecord[]): OrderedPairs {
  const firstSends = new Map<number, number>();
  for (const { key, entries } of pages) {
    for (const { sentAtMs } of entries) {
      if (sentAtMs === undefined) continue;
      firstSends.set(key.segmentId, Math.min(sentAtMs, firstSends.get(key.segmentId) ?? sentAtMs));
    }
  }
  const told = map.segments
    .flatMap((segment) => {
      const sentAtMs = firstSends.get(segment.id);
      return sentAtMs === undefined ? [] : [{ arrivalMs: sArrivalMs(segment, alert), sentAtMs }];
    })
    .sort((a, b) => a.arrivalMs - b.arrivalMs);
  let pairs = 0;
  let kept = 0;
  for (const [at, nearer] of told.entries()) {
    for (const farther of told.slice(at + 1)) {
      if (farther.arrivalMs - nearer.arrivalMs <= orderedFromMs) continue;
      pairs++;
      if (nearer.sentAtMs <= farther.sentAtMs) kept++;
    }
  }
  return { kept, pairs };
}
