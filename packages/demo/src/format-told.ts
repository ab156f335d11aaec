import type { Alert } from '@quakewire/core';
import { nameOf } from './format-sums.ts';
import { textTable } from './text-table.ts';
import { ringEdgesKm, type Told, type ToldOfAlert } from './told.ts';

/** What people were told by each alert: a row an alert, then a row a ring around the epicentre. */
export function formatTold(alerts: readonly { alert: Alert; told: ToldOfAlert }[]): string[] {
  const columns = [
    'alert',
    'decided after',
    'blind zone',
    'messages',
    'EARLY WARNING',
    'arrived',
    'other',
    'CANCELLED',
    'lead',
  ];
  const rows = alerts.map(({ alert, told }) => [
    nameOf(alert),
    `${told.decidedAfterSeconds.toFixed(1)} s`,
    `${Math.round(told.blindZoneKm)} km`,
    ...[told.messages, told.said.earlyWarning, told.said.probablyArrived].map(String),
    ...[told.said.otherwise, told.said.cancelled].map(String),
    told.leadSeconds === undefined ? '-' : leads(told.leadSeconds),
  ]);
  const rings = ringEdgesKm.map((from, ring) => [
    ringName(from, ringEdgesKm[ring + 1]),
    ...alerts.map(({ told }) => cellOf(told.rings[ring])),
  ]);
  return [
    'What the messages said when they reached the providers; lead: seconds until the S wave, least / median / most',
    ...textTable([columns, ...rows]),
    '',
    'The same by distance from the epicentre: W early warning (median lead), A shaking has probably arrived, O other, C cancelled',
    ...textTable([['distance', ...alerts.map(({ alert }) => `alert ${alert.seq}`)], ...rings]),
  ];
}

const leads = ({ least, median, most }: NonNullable<Told['leadSeconds']>): string =>
  [least, median, most].map((seconds) => seconds.toFixed(1)).join(' / ');

const ringName = (from: number, to: number | undefined): string =>
  to === undefined ? `from ${from} km` : `${from} to ${to} km`;

function cellOf(told: Told | undefined): string {
  if (!told || told.messages === 0) return '-';
  const { earlyWarning, probablyArrived, otherwise, cancelled } = told.said;
  const lead = told.leadSeconds ? ` (${told.leadSeconds.median.toFixed(0)} s)` : '';
  const parts = [
    earlyWarning > 0 && `W ${earlyWarning}${lead}`,
    probablyArrived > 0 && `A ${probablyArrived}`,
    otherwise > 0 && `O ${otherwise}`,
    cancelled > 0 && `C ${cancelled}`,
  ];
  return parts.filter(Boolean).join(', ');
}
