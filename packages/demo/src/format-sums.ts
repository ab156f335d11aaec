import { formatSeconds, type RunCounts, type SendDelays } from '@quakewire/core';
import type { DemoAlert } from './report.ts';
import { textTable } from './text-table.ts';

const counts = [
  ...(['considered', 'notConcerned', 'eligible', 'accepted', 'failed', 'suppressed', 'expired'] as const),
  ...(['unknown', 'handedToBackup'] as const),
] satisfies (keyof RunCounts)[];
const delays = { 'first call': 'firstMs', p50: 'p50Ms', p99: 'p99Ms', 'last call': 'maxMs' } as const;

/** The sums of several alerts over all channels, a row each. */
export function formatSums(alerts: readonly DemoAlert[]): string[] {
  const rows = alerts.map(({ alert, counts: sums, delays: times }) => [
    nameOf(alert),
    ...counts.map((name) => String(sums[name])),
    ...Object.values(delays).map((name) => delay(times, name)),
  ]);
  return textTable([['alert', ...counts, ...Object.keys(delays)], ...rows]);
}

/** E.g. `2 update M6.8`. */
export const nameOf = ({ seq, kind, magnitude }: DemoAlert['alert']): string =>
  `${seq} ${kind}${kind === 'cancel' ? '' : ` M${magnitude.toFixed(1)}`}`;

const delay = (times: SendDelays | undefined, name: keyof SendDelays): string =>
  times === undefined ? '-' : formatSeconds(times[name]);
