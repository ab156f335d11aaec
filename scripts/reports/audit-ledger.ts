import {
  type Alert,
  type Archive,
  type ChannelName,
  channelNames,
  countPage,
  type Entry,
  type Outcome,
  type PageRecord,
  personOf,
  type RunStore,
} from '@quakewire/core';
import type { AlertName, AuditOptions } from './read-options.ts';

/** `perhaps`: a send was begun and its answer is not known. `notYet`: still being worked on. */
export type Told = 'yes' | 'no' | 'perhaps' | 'notYet';

/** What one alert did for one endpoint. Never an address. */
export interface AuditRow extends Required<AlertName> {
  channel: ChannelName;
  person: string;
  endpointId: string;
  told: Told;
  outcome: Outcome;
  /** The provider's or our own reason, as recorded. */
  reason?: string;
  /** The provider's id of the message. */
  messageId?: string;
  /** When the provider was called last, milliseconds since the epoch. */
  sentAtMs?: number;
  /** Whoever was unknown on this page was sent to once more. */
  pageResent: boolean;
}

/** Pages whose endpoints the ledger does not name. */
export interface UnnamedPages extends Required<AlertName> {
  channel: ChannelName;
  pages: number;
  endpoints: number;
  notConcerned: number;
}

export interface Audit {
  /** Those still kept: alerts are removed earlier than their ledger. */
  alerts: Alert[];
  rows: AuditRow[];
  /** Sealed before anybody on them was told, because a later alert of the earthquake took their place. */
  sealed: UnnamedPages[];
  /** Alerts with a run that is not closed, as `earthquake/seq`: whoever is not named yet may still be told. */
  running: string[];
}

export interface AuditPorts {
  archive: Archive;
  runs: Pick<RunStore, 'read'>;
}

/** Who was told what, or why not, from the ledger and the alerts. @throws when there is nothing to tell from. */
export async function auditLedger(
  { subscriber, alert }: Pick<AuditOptions, 'subscriber' | 'alert'>,
  { archive, runs }: AuditPorts,
): Promise<Audit> {
  const rows: AuditRow[] = [];
  const sealed = new Map<string, UnnamedPages>();
  const earthquakes = new Set(alert ? [alert.earthquakeId] : []);
  for await (const page of archive.pages(alert?.earthquakeId)) {
    if (alert?.seq !== undefined && page.key.seq !== alert.seq) continue;
    earthquakes.add(page.key.earthquakeId);
    for (const entry of page.entries) if (isOf(subscriber, entry.endpointId)) rows.push(rowOf(page, entry));
    if (page.state === 'void') addSealed(sealed, page);
  }
  const kept = (await Promise.all([...earthquakes].map((id) => archive.alertsOf(id)))).flat();
  const alerts = kept.filter(({ seq }) => alert?.seq === undefined || seq === alert.seq).sort(byName);
  const isRunning = await Promise.all(alerts.map((one) => hasOpenRun(one, runs)));
  const running = alerts.filter((_, at) => isRunning[at]).map(nameOf);
  if (rows.length + sealed.size + running.length === 0) throw new Error(nothingFound(subscriber));
  return {
    alerts,
    rows: rows.sort((a, b) => byName(a, b) || compare(a.channel, b.channel) || compare(a.endpointId, b.endpointId)),
    sealed: [...sealed.values()].sort((a, b) => byName(a, b) || compare(a.channel, b.channel)),
    running,
  };
}

async function hasOpenRun({ earthquakeId, seq }: Alert, runs: AuditPorts['runs']): Promise<boolean> {
  const found = await Promise.all(channelNames.map((channel) => runs.read({ earthquakeId, seq, channel })));
  return found.some((run) => run?.state === 'open');
}

/** Does not repeat what was asked for: twelve digits may also be somebody's phone number. */
const nothingFound = (subscriber: string | undefined): string =>
  subscriber === undefined
    ? 'The ledger holds nothing of this alert (it is kept for 400 days).'
    : 'The ledger names no such subscriber there (it is kept for 400 days).';

const isOf = (subscriber: string | undefined, endpointId: string): boolean =>
  subscriber === undefined || subscriber === endpointId || subscriber === personOf(endpointId);

function rowOf({ key, resent }: PageRecord, { endpointId, outcome, reason, messageId, sentAtMs }: Entry): AuditRow {
  const { earthquakeId, seq, channel } = key;
  return {
    ...{ earthquakeId, seq, channel, person: personOf(endpointId), endpointId, told: toldBy[outcome], outcome },
    ...(reason === undefined ? {} : { reason }),
    ...(messageId ? { messageId } : {}),
    ...(sentAtMs === undefined ? {} : { sentAtMs }),
    pageResent: resent,
  };
}

/** `retrying` and `notTried` failed or were not begun so far; whoever holds the page may still tell them. */
const toldBy: Readonly<Record<Outcome, Told>> = {
  open: 'notYet',
  notTried: 'notYet',
  retrying: 'notYet',
  accepted: 'yes',
  delivered: 'yes',
  unknown: 'perhaps',
  rejected: 'no',
  exhausted: 'no',
  handedToBackup: 'no',
  replayed: 'no',
  optedOut: 'no',
  quietHours: 'no',
  superseded: 'no',
  belowThreshold: 'no',
  notInForce: 'no',
  expired: 'no',
};

function addSealed(sealed: Map<string, UnnamedPages>, page: PageRecord): void {
  const { earthquakeId, seq, channel } = page.key;
  const name = `${nameOf(page.key)}/${channel}`;
  const sum = sealed.get(name) ?? { earthquakeId, seq, channel, pages: 0, endpoints: 0, notConcerned: 0 };
  const { considered, notConcerned } = countPage(page);
  sum.pages += 1;
  sum.endpoints += considered;
  sum.notConcerned += notConcerned;
  sealed.set(name, sum);
}

/** As people name an alert. */
export const nameOf = ({ earthquakeId, seq }: Required<AlertName>): string => `${earthquakeId}/${seq}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: Required<AlertName>, b: Required<AlertName>): number =>
  compare(a.earthquakeId, b.earthquakeId) || a.seq - b.seq;
