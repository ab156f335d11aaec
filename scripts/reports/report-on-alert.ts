import {
  type Alert,
  type AlertReport,
  type Archive,
  type ChannelName,
  channelNames,
  type EvidencePorts,
  readEvidence,
  reportAlert,
} from '@quakewire/core';
import type { AlertName } from './read-options.ts';

export interface ReportPorts extends EvidencePorts {
  archive: Pick<Archive, 'alertsOf'>;
}

export interface AlertOverview {
  alert: Alert;
  report: AlertReport;
  /** Pages without a final item, by channel; none when the report is final. */
  pendingPages: Partial<Record<ChannelName, number>>;
  /** Nobody was to be told there: no endpoints when the alert was made, or the run is being opened right now. */
  channelsWithoutRun: ChannelName[];
}

/** The running or final report of an alert. @throws when there is no such alert, or it has no run. */
export async function reportOnAlert({ earthquakeId, seq }: AlertName, ports: ReportPorts): Promise<AlertOverview> {
  const alerts = await ports.archive.alertsOf(earthquakeId);
  const alert = seq === undefined ? alerts.at(-1) : alerts.find((one) => one.seq === seq);
  if (!alert) throw new Error(notFound(earthquakeId, alerts));
  const evidence = await readEvidence(alert, ports);
  if (evidence.length === 0)
    throw new Error(
      `Alert ${earthquakeId}/${alert.seq} has no run: no channel had endpoints when it was made, or it is being opened right now.`,
    );
  const withRun = new Set(evidence.map(({ run }) => run.channel));
  return {
    alert,
    report: reportAlert(alert, evidence),
    pendingPages: Object.fromEntries(evidence.map(({ run, ledger }) => [run.channel, ledger.pending.length])),
    channelsWithoutRun: channelNames.filter((channel) => !withRun.has(channel)),
  };
}

function notFound(earthquakeId: string, alerts: readonly Alert[]): string {
  if (alerts.length > 0)
    return `Earthquake ${earthquakeId} has no such alert; it has ${alerts.map(({ seq }) => seq).join(', ')}.`;
  return `No alert of earthquake ${earthquakeId} is kept: alerts are removed 30 days after their expiry, then npm run audit -- --alert ${earthquakeId} still tells from the ledger.`;
}
