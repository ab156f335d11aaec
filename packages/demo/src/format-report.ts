import { formatAlertReport, formatSeconds, reportRow, reportSums } from '@quakewire/core';
import { formatBroadcast } from './broadcast-seen.ts';
import { differences } from './compare-with-sinks.ts';
import { formatSums } from './format-sums.ts';
import { formatTold } from './format-told.ts';
import type { DemoReport } from './report.ts';

/** The report for people: counts and their sums, times, order, what was said, and the ledger against the sinks. */
export function formatReport(report: DemoReport): string {
  const channels = Object.keys(report.sinks);
  const row = (name: string, cellOf: (channel: string) => string): string => reportRow(name, channels.map(cellOf));
  const [first] = report.alerts;
  const isAlone = report.alerts.length === 1;
  const lines = [
    '',
    ...(isAlone && first
      ? formatAlertReport(first)
      : [...formatSums(report.alerts), '', row('', (channel) => channel)]),
    row('Kafka ack', (channel) => formatSeconds(report.acknowledgedMs[channel] ?? Number.NaN)),
    row('sink accepted', (channel) => String(report.sinks[channel]?.acceptedMessages)),
    row('sink peak/s', (channel) => String(report.sinks[channel]?.peakPerSecond)),
    row('difference', (channel) => String(differenceOf(report, channel))),
    '',
    `Times from the last byte of the alert's bulletin. ${reportSums[0]}`,
    ...reportSums.slice(1),
    '',
    ...formatTold(report.alerts),
    '',
    formatBroadcast(report.broadcast),
    `people      ${first?.peopleReached} of ${first?.peopleEligible} reached on at least one channel${isAlone ? '' : ' by the first alert'}`,
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
