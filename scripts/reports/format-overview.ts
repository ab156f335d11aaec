import { type Alert, channelNames, formatAlertReport, reportSums } from '@quakewire/core';
import type { AlertOverview } from './report-on-alert.ts';

/** An alert as people speak of it. */
export function describeAlert({
  earthquakeId,
  seq,
  kind,
  type,
  exercise,
  magnitude,
  region,
  issuedAtMs,
}: Alert): string {
  const words = [...(exercise ? ['EXERCISE'] : []), kind, type, `M${magnitude.toFixed(1)}`, region];
  return `${earthquakeId}/${seq}  ${words.join(', ')}, issued ${formatTime(issuedAtMs)}`;
}

/** In UTC, to the millisecond. */
export const formatTime = (ms: number): string => new Date(ms).toISOString().replace('T', ' ');

/** The report for people; while the alert is running it says "at least". */
export function formatOverview({ alert, report, pendingPages, channelsWithoutRun }: AlertOverview): string {
  const { complete, peopleReached, peopleEligible } = report;
  const pending = channelNames.flatMap((channel) =>
    pendingPages[channel] ? [`${channel} ${pendingPages[channel]}`] : [],
  );
  const state = complete
    ? 'FINAL: every page is settled and the numbers add up'
    : `RUNNING: every count is "at least"; pages still to be settled: ${pending.join(', ')}`;
  const atLeast = complete ? '' : 'at least ';
  return [
    `alert  ${describeAlert(alert)}`,
    state,
    '',
    ...formatAlertReport(report),
    '',
    `Times from the last byte of the bulletin. ${reportSums[0]}`,
    ...reportSums.slice(1),
    '',
    `people  ${atLeast}${peopleReached} of ${atLeast}${peopleEligible} reached on at least one channel`,
    ...(channelsWithoutRun.length > 0
      ? [
          `no run  ${channelsWithoutRun.join(', ')} (no endpoints when the alert was made, or it is being opened right now)`,
        ]
      : []),
    '',
  ].join('\n');
}
