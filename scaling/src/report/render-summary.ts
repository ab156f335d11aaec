import { capacityOf } from '../decide/capacity.ts';
import type { Observation } from '../decide/observation.ts';
import { ownValue } from '../decide/own-value.ts';
import type { Sizing } from '../decide/sizing.ts';
import { explainReason } from './explain-reason.ts';
import { isCost, quotaToAskFor } from './render-sizing.ts';
import { renderMarkdownTable } from './render-table.ts';
import { sayCount, sayDuration, sayUsd } from './units.ts';

/** A run for the page of its job: the sizing as a table with its prediction, then cost and reasons. */
export function renderSummary(sizing: Sizing, observation: Observation): string {
  const { verdict, changes, cost, reasons } = sizing;
  return [
    `### Sizing: ${verdict}${changes.length === 0 ? '' : ` of ${changes.join(' and ')}`}`,
    sizingTable(sizing, observation),
    isCost(cost)
      ? `Standing ${sayUsd(cost.standingUsdCentsPerMonth)} a month; an alert to everyone ${sayUsd(cost.fullAlertUsdCents)}.`
      : '',
    reasons.map((reason) => `- \`${reason.code}\` ${explainReason(reason)}`).join('\n'),
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

function sizingTable(sizing: Sizing, observation: Observation): string {
  if (sizing.capacity === null) return '';
  const header = ['channel', 'endpoints', 'active', 'partitions', 'pollers', 'warm', 'reserved', 'segment x workers'];
  const predicted = ['last recipient', 'SLO', 'ask provider for', 'measured p95', 'measured throughput'];
  const rows = Object.keys(sizing.capacity.control.channels).map((name) => [
    name,
    ...capacityCells(name, sizing),
    ...predictionCells(name, sizing),
    ...measuredCells(name, observation),
  ]);
  return renderMarkdownTable([...header, ...predicted], rows);
}

function capacityCells(name: string, { capacity, predictions }: Sizing): string[] {
  const endpoints = ownValue(predictions, name)?.endpoints;
  const channel = capacityOf(capacity, name);
  if (channel === null) return new Array(7).fill('-');
  const { minimumPollers, maximumPollers } = channel;
  return [
    endpoints === undefined ? 'held' : sayCount(endpoints),
    `${channel.activePartitions}`,
    `${channel.partitions}`,
    minimumPollers === null ? 'on demand' : `${minimumPollers}-${maximumPollers}`,
    `${channel.warmWorkers}`,
    `${channel.reservedConcurrency}`,
    `${channel.segmentEndpoints} x ${channel.maxWorkersPerSegment}`,
  ];
}

function predictionCells(name: string, sizing: Sizing): string[] {
  const prediction = ownValue(sizing.predictions, name);
  if (!prediction) return ['-', '-', '-'];
  const { lastRecipientSeconds: last, sloMet } = prediction;
  return [last === null ? '-' : sayDuration(last), sloMet ? 'met' : 'missed', quotaToAskFor(name, sizing)];
}

function measuredCells(name: string, { sendLatency, sendThroughput }: Observation): string[] {
  const p95Ms = ownValue(sendLatency, name)?.p95Ms;
  const perSecond = ownValue(sendThroughput, name)?.messagesPerSecond;
  return [p95Ms === undefined ? 'assumed' : `${p95Ms} ms`, perSecond === undefined ? '-' : `${sayCount(perSecond)}/s`];
}
