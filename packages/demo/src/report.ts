import { type AlertReport, type ChannelName, type PageRecord, readEvidence, reportAlert } from '@quakewire/core';
import type { Stack } from '@quakewire/local-stack';
import type { Sizing } from '@quakewire/scaling';
import { type Comparison, compareWithSinks, differences } from './compare-with-sinks.ts';
import type { Deployment } from './deploy.ts';
import type { SinkMessage, SinksClient } from './sinks-client.ts';
import type { Stores } from './stores.ts';
import type { PlainEndpoint } from './subscribers.ts';
import type { WatchedAlert } from './watch-alert.ts';

/** The final report: what the ledger says, and whether the providers' sinks say the same. */
export interface DemoReport extends AlertReport {
  /** Every sum of every channel is right, everybody seeded was considered, and no sink disagrees. */
  addsUp: boolean;
  endpointsSeeded: number;
  sinks: Record<string, Comparison & { acceptedMessages: number; peakPerSecond: number }>;
  /** From the bulletin's last byte to Kafka's acknowledgement, in ms, by channel. */
  acknowledgedMs: Record<string, number>;
  /** From the first bulletin to the last request that reached a provider, in ms. */
  bulletinToLastCallMs: number;
  /** Predicted by the scaler for this sizing, in US cents. */
  cost: Sizing['cost'];
  memoryMiB: number;
  /** A second plan right after the applies finds nothing to change. */
  plansEmpty: boolean;
}

export interface ReportInputs {
  alert: WatchedAlert;
  stores: Stores;
  sinks: SinksClient;
  endpoints: readonly PlainEndpoint[];
  deployment: Deployment;
  sizing: Sizing;
  stack: Stack;
}

export async function reportOn(inputs: ReportInputs): Promise<DemoReport> {
  const { alert: watched, stores, sinks, endpoints, deployment, stack, sizing } = inputs;
  const memoryMiB = Math.round(stack.memoryUse().totalBytes / 2 ** 20);
  const evidence = await readEvidence(watched.alert, stores);
  const report = reportAlert(watched.alert, evidence);
  const [messages, stats] = await Promise.all([sinks.messages(), sinks.stats()]);
  const compared = Object.fromEntries(
    evidence.map(({ run: { channel }, ledger }) => [
      channel,
      {
        ...compareChannel(channel, ledger.pages, endpoints, messages),
        acceptedMessages: stats[channel].accepted,
        peakPerSecond: stats[channel].peakAcceptedPerSecond,
      },
    ]),
  );
  const isPlanEmpty = await Promise.all([deployment.isPlanEmpty('topics'), deployment.isPlanEmpty('pipeline')]);
  return {
    ...report,
    addsUp: addsUp(report, watched, endpoints.length) && Object.values(compared).every((c) => differences(c) === 0),
    endpointsSeeded: endpoints.length,
    sinks: compared,
    acknowledgedMs: await acknowledgedMs(watched, stores),
    bulletinToLastCallMs: Math.max(0, ...messages.map((m) => m.arrivedAtMs)) - watched.alert.receivedAtMs,
    cost: sizing.cost,
    memoryMiB,
    plansEmpty: isPlanEmpty.every(Boolean),
  };
}

/** By address, because that is all that a provider knows. */
function compareChannel(
  channel: ChannelName,
  pages: readonly PageRecord[],
  endpoints: readonly PlainEndpoint[],
  messages: readonly SinkMessage[],
): Comparison {
  const addresses = new Map(endpoints.map((endpoint) => [`${endpoint.channel}${endpoint.id}`, endpoint.address]));
  const withOutcome = (...outcomes: string[]): string[] =>
    pages.flatMap(({ entries }) =>
      entries
        .filter(({ outcome }) => outcomes.includes(outcome))
        .map(({ endpointId }) => addresses.get(channel + endpointId) ?? `endpoint ${endpointId} that was never seeded`),
    );
  const atProvider = messages.filter((message) => message.channel === channel).map(({ to }) => to);
  return compareWithSinks(withOutcome('accepted', 'delivered'), withOutcome('unknown'), atProvider);
}

function addsUp({ complete, channels, counts }: AlertReport, { runs }: WatchedAlert, seeded: number): boolean {
  const closedAsReported = runs.every((run) => {
    const reported = channels.find(({ channel }) => channel === run.channel)?.counts;
    return reported !== undefined && JSON.stringify(sorted(run.counts)) === JSON.stringify(sorted(reported));
  });
  const sums = [counts, ...channels.map((channel) => channel.counts)].every((c) => {
    const told = c.accepted + c.failed + c.suppressed + c.expired + c.unknown + c.handedToBackup;
    return c.considered + c.fromBackup === c.notConcerned + c.eligible && c.eligible === told;
  });
  return complete && sums && closedAsReported && counts.considered === seeded;
}

const sorted = (counts: object | undefined): [string, unknown][] => Object.entries(counts ?? {}).sort();

async function acknowledgedMs({ alert }: WatchedAlert, { earthquakes }: Stores): Promise<Record<string, number>> {
  const times = (await earthquakes.read(alert.earthquakeId))?.lastDispatch;
  if (!times) return {};
  return Object.fromEntries(
    Object.entries(times.acknowledgedAtMs).map(([channel, atMs]) => [channel, atMs - times.receivedAtMs]),
  );
}
