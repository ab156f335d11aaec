import type { RunCounts, SendDelays } from '@quakewire/core';
import { differences } from './compare-with-sinks.ts';
import type { DemoReport } from './report.ts';

const columns: (keyof RunCounts)[] = [
  'considered',
  'notConcerned',
  'eligible',
  'accepted',
  'failed',
  'suppressed',
  'expired',
  'unknown',
  'handedToBackup',
];

const row = (name: string, cells: readonly string[]): string =>
  name.padEnd(16) + cells.map((cell) => cell.padStart(10)).join('');
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const percent = (share: number | undefined): string => (share === undefined ? '-' : `${(share * 100).toFixed(1)} %`);
const delay = (delays: SendDelays | undefined, name: keyof SendDelays): string =>
  delays === undefined ? '-' : seconds(delays[name]);

/** The report for people: counts and their sums, times, order, and the ledger against the sinks. */
export function formatReport(report: DemoReport): string {
  const channels = report.channels;
  const all = [...channels, { channel: 'all', ...report, orderKept: undefined }];
  const lines = [
    '',
    row(
      '',
      all.map(({ channel }) => channel),
    ),
    ...columns.map((name) =>
      row(
        name,
        all.map(({ counts }) => String(counts[name])),
      ),
    ),
    row(
      'first call',
      all.map(({ delays }) => delay(delays, 'firstMs')),
    ),
    row(
      'p50',
      all.map(({ delays }) => delay(delays, 'p50Ms')),
    ),
    row(
      'p99',
      all.map(({ delays }) => delay(delays, 'p99Ms')),
    ),
    row(
      'last call',
      all.map(({ delays }) => delay(delays, 'maxMs')),
    ),
    row(
      'order kept',
      all.map(({ orderKept }) => percent(orderKept)),
    ),
    row(
      'Kafka ack',
      channels.map(({ channel }) => seconds(report.acknowledgedMs[channel] ?? Number.NaN)),
    ),
    row(
      'sink accepted',
      channels.map(({ channel }) => String(report.sinks[channel]?.acceptedMessages)),
    ),
    row(
      'sink peak/s',
      channels.map(({ channel }) => String(report.sinks[channel]?.peakPerSecond)),
    ),
    row(
      'difference',
      channels.map(({ channel }) => String(differenceOf(report, channel))),
    ),
    '',
    'Times from the last byte of the first bulletin. considered = notConcerned + eligible;',
    'eligible = accepted + failed + suppressed + expired + unknown + handedToBackup.',
    '',
    `people      ${report.peopleReached} of ${report.peopleEligible} reached on at least one channel`,
    `cost        ${usd(report.cost.standingUsdCentsPerMonth)} a month standing, ${usd(report.cost.fullAlertUsdCents)} an alert to all (predicted by the scaler)`,
    `memory      ${report.memoryMiB} MiB for the whole stack`,
    `plans       ${report.plansEmpty ? 'nothing to change in topics and pipeline' : 'NOT EMPTY right after the apply'}`,
    `the report  ${report.addsUp ? 'adds up: ledger and sinks agree on everybody' : 'DOES NOT ADD UP'}`,
  ];
  return lines.join('\n');
}

function differenceOf(report: DemoReport, channel: string): number {
  const comparison = report.sinks[channel];
  return comparison === undefined ? Number.NaN : differences(comparison);
}

const usd = (cents: number | undefined): string => (cents === undefined ? '-' : `${(cents / 100).toFixed(2)} USD`);
