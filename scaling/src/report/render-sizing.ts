import { capacityOf } from '../decide/capacity.ts';
import type { Policy } from '../decide/policy.ts';
import type { Cost, Prediction, Sizing } from '../decide/sizing.ts';
import { explainFields } from './explain-fields.ts';
import { explainReason } from './explain-reason.ts';
import { renderTable } from './render-table.ts';
import { sayCount, sayDuration, sayUsd } from './units.ts';

/** The whole sizing for a person: prediction, quota to ask for and cost first, then the numbers and their reasons. */
export function renderSizing(sizing: Sizing, policy: Policy): string {
  const sections = [
    summary(sizing),
    predictions(sizing),
    costs(sizing),
    list(
      'Reasons',
      sizing.reasons.map((reason) => `${reason.code}: ${explainReason(reason)}`),
    ),
    capacities(sizing),
    list('Why each field', explainFields(sizing, policy)),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function summary({ verdict, changes, exitCode }: Sizing): string {
  const what = changes.length === 0 ? '' : ` of ${changes.join(' and ')}`;
  return `Verdict: ${verdict}${what}${exitCode === 0 ? '' : ' (some input was held: exit code 3)'}`;
}

function predictions(sizing: Sizing): string {
  const rows = Object.entries(sizing.predictions).map(([name, prediction]) =>
    prediction === null ? [name, 'held', '', '', '', ''] : predictionRow(name, prediction, sizing),
  );
  if (rows.length === 0) return '';
  return renderTable(['channel', 'endpoints', 'first', 'last', 'SLO', 'ask provider for'], rows);
}

function predictionRow(name: string, prediction: Prediction, sizing: Sizing): string[] {
  const { endpoints, firstRecipientMs, lastRecipientSeconds, sloMet } = prediction;
  const first = firstRecipientMs === null ? '-' : `${firstRecipientMs} ms`;
  const last = lastRecipientSeconds === null ? '-' : sayDuration(lastRecipientSeconds);
  return [name, sayCount(endpoints), first, last, sloMet ? 'met' : 'missed', quotaToAskFor(name, sizing)];
}

/** The rate that would meet the SLO, for each sender or account that stands in its way. */
export function quotaToAskFor(channel: string, { reasons }: Pick<Sizing, 'reasons'>): string {
  const asks = reasons
    .filter((reason) => reason.channel === channel)
    .flatMap(({ senders = [], askForPerSecond }) => [
      ...senders.map((ask) => `sender ${ask.sender}: ${sayCount(ask.askForPerSecond)}/s`),
      ...(askForPerSecond === undefined ? [] : [`account: ${sayCount(askForPerSecond)}/s`]),
    ]);
  return asks.length === 0 ? '-' : asks.join(', ');
}

function costs({ cost }: Sizing): string {
  if (!isCost(cost)) return '';
  const { standingUsdCentsPerMonth, fullAlertUsdCents, fullAlertMessagesUsdCents } = cost;
  return `Cost: ${sayUsd(standingUsdCentsPerMonth)} a month standing; an alert to everyone ${sayUsd(fullAlertUsdCents)}, of which messages ${sayUsd(fullAlertMessagesUsdCents)}.`;
}

/** Frozen and wholly held sizings carry no cost. */
export function isCost(cost: Sizing['cost']): cost is Cost {
  return 'standingUsdCentsPerMonth' in cost;
}

function capacities({ capacity }: Sizing): string {
  if (capacity === null) return '';
  const header = ['channel', 'active', 'partitions', 'pollers', 'segment', 'workers', 'warm', 'reserved', 'MB'];
  const rows = Object.keys(capacity.control.channels).map((name) => {
    const channel = capacityOf(capacity, name);
    if (channel === null) return [name];
    const pollers =
      channel.minimumPollers === null ? 'on demand' : `${channel.minimumPollers}-${channel.maximumPollers}`;
    const numbers = [
      channel.segmentEndpoints,
      channel.maxWorkersPerSegment,
      channel.warmWorkers,
      channel.reservedConcurrency,
    ];
    return [
      name,
      `${channel.activePartitions}`,
      `${channel.partitions}`,
      pollers,
      ...numbers.map(String),
      `${channel.memoryMb}`,
    ];
  });
  const { producer } = capacity.infrastructure;
  return `${renderTable(header, rows)}\nproducer: ${capacity.control.producer.threads} threads, ${producer.memoryMb} MB`;
}

function list(title: string, entries: string[]): string {
  return entries.length === 0 ? '' : `${title}:\n${entries.map((entry) => `  ${entry}`).join('\n')}`;
}
