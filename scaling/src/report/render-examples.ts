import type { Cost, Prediction } from '../decide/sizing.ts';
import { quotaToAskFor } from './render-sizing.ts';
import { renderMarkdownTable } from './render-table.ts';
import { sayCount, sayDuration, sayUsd } from './units.ts';
import { type Example, exampleEndpoints, examples, sizeExample } from './worked-examples.ts';

/** Last recipient and active partitions, for every example and number of endpoints. X = SLO missed. */
export function renderPredictionTable(): string {
  const header = ['endpoints', ...examples.map(({ name, contract }) => `${name} ${contract}`)];
  const rows = exampleEndpoints.map((endpoints) => [
    sayCount(endpoints),
    ...examples.map((example) => predictionCell(example, endpoints)),
  ]);
  return renderMarkdownTable(header, rows);
}

function predictionCell(example: Example, endpoints: number): string {
  const { capacity, predictions } = sizeExample(example, endpoints);
  const { lastRecipientSeconds, sloMet } = predictions[example.name] as Prediction;
  const active = capacity?.control.channels[example.name]?.activePartitions;
  const last = lastRecipientSeconds === null ? '-' : sayDuration(lastRecipientSeconds);
  return `${active} w, ${last}${sloMet ? '' : ' X'}`;
}

/** What to ask the provider for, and what one channel costs, for every example. */
export function renderQuotaAndCostTable(endpoints: number): string {
  const header = [
    'channel',
    'last recipient',
    'SLO',
    'ask provider for',
    'standing a month',
    'one full alert, without messages',
  ];
  const rows = examples.map((example) => {
    const sizing = sizeExample(example, endpoints);
    const { lastRecipientSeconds, sloMet } = sizing.predictions[example.name] as Prediction;
    const cost = sizing.cost as Cost;
    return [
      `${example.name} ${example.contract}`,
      sayDuration(lastRecipientSeconds ?? 0),
      `${example.channel.sloSecondsToLastRecipient} s ${sloMet ? 'met' : 'missed'}`,
      quotaToAskFor(example.name, sizing).replace(/^sender 0: /, ''),
      sayUsd(cost.standingUsdCentsPerMonth),
      sayUsd(cost.fullAlertUsdCents - cost.fullAlertMessagesUsdCents),
    ];
  });
  return renderMarkdownTable(header, rows);
}

/** Every field of one example, from 0 to 50 million. */
export function renderCapacityTable(example: Example): string {
  const header = [
    'endpoints',
    'active',
    'pollers',
    'warm',
    'reserved',
    'segment x workers',
    'producer',
    'last',
    'month',
  ];
  const rows = exampleEndpoints.map((endpoints) => {
    const { capacity, predictions, cost } = sizeExample(example, endpoints);
    if (capacity === null) return [];
    const control = capacity.control.channels[example.name];
    const infrastructure = capacity.infrastructure.channels[example.name];
    const last = predictions[example.name]?.lastRecipientSeconds ?? null;
    return [
      sayCount(endpoints),
      `${control?.activePartitions}`,
      `${infrastructure?.minimumPollers}`,
      `${infrastructure?.warmWorkers}`,
      `${infrastructure?.reservedConcurrency}`,
      `${control?.segmentEndpoints} x ${control?.maxWorkersPerSegment}`,
      `${capacity.control.producer.threads} / ${capacity.infrastructure.producer.memoryMb} MB`,
      last === null ? '-' : sayDuration(last),
      `$${sayCount(Math.round((cost as Cost).standingUsdCentsPerMonth / 100))}`,
    ];
  });
  return renderMarkdownTable(header, rows);
}
