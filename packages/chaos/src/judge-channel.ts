import type { Entry, Outcome, PageRecord } from '@quakewire/core';

/** One channel of an alert that was cancelled: what the ledger says, and what the provider's sink has accepted. */
export interface ChannelEvidence {
  /** Everybody seeded. */
  endpoints: readonly { id: string; address: string; concerned: boolean }[];
  /** The page items of the alert's run and of the cancel's. */
  alertPages: readonly PageRecord[];
  cancelPages: readonly PageRecord[];
  messages: readonly { to: string; kind: 'alert' | 'cancel'; arrivedAtMs: number }[];
}

/** Addresses for which a promise was broken, by promise. */
export interface BrokenPromises {
  /** Said to be accepted, and the provider knows nothing of it; or concerned, and the ledger says nothing. */
  missed: string[];
  /** Told, though the ledger says neither accepted nor unknown. */
  unrecorded: string[];
  /** Told twice and not marked unknown, or more than twice. */
  doubled: string[];
  /** Told of the earthquake, and left out of the cancel. */
  notCancelled: string[];
  /** Told of a cancel of what nobody can have told them. */
  cancelledUntold: string[];
  /** Told of the earthquake after its cancel, and not marked unknown. */
  toldAfterCancel: string[];
}

interface Line extends Pick<Entry, 'outcome'> {
  /** Its page was given a second attempt, which may have doubled it. */
  resent: boolean;
}

const told: ReadonlySet<Outcome> = new Set(['accepted', 'delivered']);
const perhapsTold: ReadonlySet<Outcome> = new Set([...told, 'unknown', 'handedToBackup']);
const leftOut: ReadonlySet<Outcome> = new Set(['notInForce', 'belowThreshold']);

/** Holds every endpoint's line in the ledger against its messages at the sink. */
export function judgeChannel(evidence: ChannelEvidence): BrokenPromises {
  const alertLines = linesOf(evidence.alertPages);
  const cancelLines = linesOf(evidence.cancelPages);
  const arrivals = arrivalsOf(evidence.messages);
  const broken: BrokenPromises = {
    ...{ missed: [], unrecorded: [], doubled: [], notCancelled: [], cancelledUntold: [], toldAfterCancel: [] },
  };
  // A void page has no lines: its rows are counted, and nobody on it may have been told.
  const hasVoidPages = evidence.alertPages.some(({ state }) => state === 'void');
  for (const { id, address, concerned } of evidence.endpoints) {
    const alert = alertLines.get(id);
    const cancel = cancelLines.get(id);
    const alerts = arrivals.get(`alert ${address}`) ?? [];
    const cancels = arrivals.get(`cancel ${address}`) ?? [];
    if (isMissed(alert, alerts) || isMissed(cancel, cancels) || (concerned && !alert && !hasVoidPages))
      broken.missed.push(address);
    if (isUnrecorded(alert, alerts) || isUnrecorded(cancel, cancels)) broken.unrecorded.push(address);
    if (isDoubled(alert, alerts) || isDoubled(cancel, cancels)) broken.doubled.push(address);
    if (alerts.length > 0 && (!cancel || leftOut.has(cancel.outcome))) broken.notCancelled.push(address);
    if (cancels.length > 0 && !(alert && perhapsTold.has(alert.outcome))) broken.cancelledUntold.push(address);
    if (alert?.outcome !== 'unknown' && Math.max(...alerts) > Math.min(...cancels))
      broken.toldAfterCancel.push(address);
  }
  return broken;
}

/**
 * Pages that somebody took from a silent holder: re-sent, or with endpoints of whom not even the start of a call is known.
 * What became unknown by an unanswered call has its time and reason.
 */
export const takenPages = (pages: readonly PageRecord[]): number =>
  pages.filter(
    ({ resent, entries }) =>
      resent || entries.some(({ outcome, sentAtMs }) => outcome === 'unknown' && sentAtMs === undefined),
  ).length;

function linesOf(pages: readonly PageRecord[]): Map<string, Line> {
  return new Map(
    pages.flatMap(({ entries, resent }) => entries.map(({ endpointId, outcome }) => [endpointId, { outcome, resent }])),
  );
}

function arrivalsOf(messages: ChannelEvidence['messages']): Map<string, number[]> {
  const arrivals = new Map<string, number[]>();
  for (const { kind, to, arrivedAtMs } of messages) {
    const name = `${kind} ${to}`;
    arrivals.set(name, [...(arrivals.get(name) ?? []), arrivedAtMs]);
  }
  return arrivals;
}

const isMissed = (line: Line | undefined, messages: readonly number[]): boolean =>
  line !== undefined && told.has(line.outcome) && messages.length === 0;

const isUnrecorded = (line: Line | undefined, messages: readonly number[]): boolean =>
  messages.length > 0 && !(line && (told.has(line.outcome) || line.outcome === 'unknown'));

const isDoubled = (line: Line | undefined, messages: readonly number[]): boolean =>
  messages.length > 2 || (messages.length === 2 && !(line?.outcome === 'unknown' || line?.resent));
