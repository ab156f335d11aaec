import type { AlertReport, SendDelays } from './alert-report.ts';
import type { RunCounts } from './run.ts';

const columns: readonly (keyof RunCounts)[] = [
  'considered',
  'fromBackup',
  'notConcerned',
  'eligible',
  'accepted',
  'failed',
  'suppressed',
  'expired',
  'unknown',
  'handedToBackup',
];

/** How the sums must add up, for below the table. */
export const reportSums = [
  'considered + fromBackup = notConcerned + eligible;',
  'eligible = accepted + failed + suppressed + expired + unknown + handedToBackup.',
];

/** A line of the table: its name, then a cell a channel. */
export const reportRow = (name: string, cells: readonly string[]): string =>
  name.padEnd(16) + cells.map((cell) => cell.padStart(10)).join('');
export const formatSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const percent = (share: number | undefined): string => (share === undefined ? '-' : `${(share * 100).toFixed(1)} %`);
const delay = (delays: SendDelays | undefined, name: keyof SendDelays): string =>
  delays === undefined ? '-' : formatSeconds(delays[name]);

/** The report's table, a column a channel and one for all: counts, times from the bulletin's last byte, order. */
export function formatAlertReport(report: AlertReport): string[] {
  const all = [...report.channels, { ...report, channel: 'all' }];
  const row = (name: string, cellOf: (column: (typeof all)[number]) => string): string =>
    reportRow(name, all.map(cellOf));
  return [
    row('', ({ channel }) => channel),
    ...columns.map((name) => row(name, ({ counts }) => String(counts[name]))),
    row('first call', ({ delays }) => delay(delays, 'firstMs')),
    row('p50', ({ delays }) => delay(delays, 'p50Ms')),
    row('p99', ({ delays }) => delay(delays, 'p99Ms')),
    row('last call', ({ delays }) => delay(delays, 'maxMs')),
    row('order kept', ({ orderKept }) => percent(orderKept)),
  ];
}
