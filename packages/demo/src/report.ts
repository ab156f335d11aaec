import { S3Client } from '@aws-sdk/client-s3';
import { type Alert, type AlertReport, type ChannelName, readEvidence, reportAlert } from '@quakewire/core';
import type { Stack } from '@quakewire/local-stack';
import type { Sizing } from '@quakewire/scaling';
import { type BroadcastSeen, seeBroadcast } from './broadcast-seen.ts';
import { type Comparison, compareWithSinks, differences } from './compare-with-sinks.ts';
import type { Deployment } from './deploy.ts';
import { type AlertEvidence, messagesOf } from './messages-of.ts';
import type { SinkMessage, SinksClient } from './sinks-client.ts';
import type { Stores } from './stores.ts';
import type { PlainEndpoint } from './subscribers.ts';
import { type ToldOfAlert, toldOf } from './told.ts';
import type { WatchedAlert } from './watch-alerts.ts';

/** One alert of the earthquake: what the ledger says of it, and what its messages said. */
export interface DemoAlert extends AlertReport {
  alert: Alert;
  told: ToldOfAlert;
}

/** The final report: what the ledger says, and whether the providers' sinks say the same. */
export interface DemoReport {
  /** Every sum of every alert and channel is right, everybody seeded was considered, and no sink disagrees. */
  addsUp: boolean;
  endpointsSeeded: number;
  alerts: DemoAlert[];
  broadcast: BroadcastSeen;
  /** By channel, over all alerts. */
  sinks: Record<string, Comparison & { acceptedMessages: number; peakPerSecond: number }>;
  /** Of the last alert: from the bulletin's last byte to Kafka's acknowledgement, in ms, by channel. */
  acknowledgedMs: Record<string, number>;
  /** Predicted by the scaler for this sizing, in US cents. */
  cost: Sizing['cost'];
  memoryMiB: number;
  /** A second plan right after the applies finds nothing to change. */
  plansEmpty: boolean;
}

export interface ReportInputs {
  alerts: readonly WatchedAlert[];
  stores: Stores;
  sinks: SinksClient;
  endpoints: readonly PlainEndpoint[];
  deployment: Deployment;
  sizing: Sizing;
  stack: Stack;
}

export async function reportOn(inputs: ReportInputs): Promise<DemoReport> {
  const { alerts: watched, stores, sinks, endpoints, deployment, stack, sizing } = inputs;
  const memoryMiB = Math.round(stack.memoryUse().totalBytes / 2 ** 20);
  const evidences = await Promise.all(
    watched.map(async ({ alert }) => ({ alert, evidence: await readEvidence(alert, stores) })),
  );
  const [messages, stats] = await Promise.all([sinks.messages(), sinks.stats()]);
  const told = messagesOf(evidences, endpoints, messages);
  const alerts = evidences.map(({ alert, evidence }) => ({
    ...reportAlert(alert, evidence),
    ...{ alert, told: toldOf(alert, told) },
  }));
  const compared = Object.fromEntries(
    (alerts[0]?.channels ?? []).map(({ channel }) => [
      channel,
      {
        ...compareChannel(channel, evidences, endpoints, messages),
        acceptedMessages: stats[channel].accepted,
        peakPerSecond: stats[channel].peakAcceptedPerSecond,
      },
    ]),
  );
  const isPlanEmpty = await Promise.all([deployment.isPlanEmpty('topics'), deployment.isPlanEmpty('pipeline')]);
  return {
    addsUp:
      alerts.every((report, index) => addsUp(report, watched[index], endpoints.length)) &&
      Object.values(compared).every((comparison) => differences(comparison) === 0),
    endpointsSeeded: endpoints.length,
    alerts,
    broadcast: await seeBroadcast(
      watched.map(({ alert }) => alert),
      sinks,
      new S3Client(),
    ),
    sinks: compared,
    acknowledgedMs: await acknowledgedMs(watched, stores),
    cost: sizing.cost,
    memoryMiB,
    plansEmpty: isPlanEmpty.every(Boolean),
  };
}

/** By address, because that is all that a provider knows. */
function compareChannel(
  channel: ChannelName,
  alerts: readonly AlertEvidence[],
  endpoints: readonly PlainEndpoint[],
  messages: readonly SinkMessage[],
): Comparison {
  const addresses = new Map(endpoints.map((endpoint) => [`${endpoint.channel}${endpoint.id}`, endpoint.address]));
  const entries = alerts
    .flatMap(({ evidence }) => evidence.filter(({ run }) => run.channel === channel))
    .flatMap(({ ledger }) => ledger.pages.flatMap((page) => page.entries));
  const withOutcome = (...outcomes: string[]): string[] =>
    entries
      .filter(({ outcome }) => outcomes.includes(outcome))
      .map(({ endpointId }) => addresses.get(channel + endpointId) ?? `endpoint ${endpointId} that was never seeded`);
  const atProvider = messages.filter((message) => message.channel === channel).map(({ to }) => to);
  return compareWithSinks(withOutcome('accepted', 'delivered'), withOutcome('unknown'), atProvider);
}

function addsUp(
  { complete, channels, counts, told }: DemoAlert,
  watched: WatchedAlert | undefined,
  seeded: number,
): boolean {
  const closedAsReported = (watched?.runs ?? []).every((run) => {
    const reported = channels.find(({ channel }) => channel === run.channel)?.counts;
    return reported !== undefined && JSON.stringify(sorted(run.counts)) === JSON.stringify(sorted(reported));
  });
  const sums = [counts, ...channels.map((channel) => channel.counts)].every((c) => {
    const toldSum = c.accepted + c.failed + c.suppressed + c.expired + c.unknown + c.handedToBackup;
    return c.considered + c.fromBackup === c.notConcerned + c.eligible && c.eligible === toldSum;
  });
  return complete && sums && closedAsReported && counts.considered === seeded && told.notCalledExercise === 0;
}

const sorted = (counts: object | undefined): [string, unknown][] => Object.entries(counts ?? {}).sort();

async function acknowledgedMs(
  watched: readonly WatchedAlert[],
  { earthquakes }: Stores,
): Promise<Record<string, number>> {
  const times = (await earthquakes.read(watched[0]?.alert.earthquakeId ?? ''))?.lastDispatch;
  if (!times) return {};
  return Object.fromEntries(
    Object.entries(times.acknowledgedAtMs).map(([channel, atMs]) => [channel, atMs - times.receivedAtMs]),
  );
}
