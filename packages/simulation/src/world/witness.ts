import {
  type ChannelName,
  compareRuns,
  type DeadLetter,
  isMoreUrgent,
  mostAttempts,
  type PageRecord,
  pageName,
  personOf,
  type Run,
  type RunKey,
  type UndeliveredLetter,
} from '@quakewire/core';
import { brokenTransition } from '../invariants/page-transitions.ts';
import type { Scheduler } from '../scheduler.ts';
import { type AccountWitness, createAccountWitness } from './account-witness.ts';
import { epochMs } from './simulated-process.ts';

/** A provider call as it began, with all checks behind it. */
export interface SendStart {
  /** `<earthquake>/<seq>/<channel>/<segment>/<page>`. */
  page: string;
  endpointId: string;
  atMs: number;
}

/** What happened that may leave somebody's fate unknown. */
export interface Harm {
  deaths: number;
  longPauses: number;
  /** Store answers after which a process could not know what it holds. */
  storeAmbiguities: number;
  /** Provider calls that ended without an answer. */
  unanswered: number;
  pauses: number;
}

/** Sees all that happens in a world, as nobody in it can, and notes what must never be. */
export interface Witness {
  harm: Harm;
  /** What was broken while it ran, in words; each begins with the invariant's name. */
  broken: string[];
  sends: SendStart[];
  /** Sends that one holder began, by `<page>/<epoch>/<endpoint>`. */
  attempts(name: string): number;
  /** How often the provider accepted a message, by reference. */
  acceptances: ReadonlyMap<string, number>;
  /** When requests reached the provider, without those that a frozen process had held back. */
  requests: ReadonlyMap<ChannelName, number[]>;
  accounts: AccountWitness;
  letters: UndeliveredLetter[];
  runs: ReadonlyMap<string, Run>;
  page(name: string): PageRecord | undefined;
  pages(): Iterable<PageRecord>;
  /** Whether a settled page once said of somebody, by reference, that nothing was known. */
  wasUnknown(reference: string): boolean;
  /** Whether a receipt or a replay changed what a run had counted. */
  wasAmended(run: RunKey): boolean;
  breaks(what: string): void;
  pageChanged(before: PageRecord | undefined, after: PageRecord | undefined): void;
  runOpened(run: Run): void;
  runReopened(key: RunKey): void;
  /** Off the open list: its alert is closed on every channel. */
  runRemoved(key: RunKey): void;
  /** Runs that are on the open list now. */
  openRuns(): number;
  segmentTaken(key: RunKey, rank: number): void;
  superseded(key: RunKey): void;
  sendStarts(process: string, reference: string): void;
  requested(channel: ChannelName, wasHeld: boolean): void;
  accepted(process: string, reference: string, wasHeld: boolean): void;
  keep(letter: DeadLetter): Promise<void>;
}

export const runName = ({ earthquakeId, seq, channel }: RunKey): string => `${earthquakeId}/${seq}/${channel}`;
export const pageNameOf = pageName;
/** A person on the page of the map that names them, wherever they were handed to from there. @param reference of a message. */
export function personAt(reference: string): string {
  const [, alert, channel, page, queue, id] =
    /^(.+)\/(\w+)\/(\d+\/\d+)(?:\/(backup|replay)-\d+)?\/(\w+)$/.exec(reference) ?? [];
  return `${alert}/${queue === 'backup' ? 'sms' : channel}/${page}/${personOf(id ?? '')}`;
}
const endpointOf = (reference: string): number => reference.lastIndexOf('/');

/** A queued page was put by others; its first claim is what counts. */
const isClaim = (before: PageRecord | undefined, after: PageRecord): boolean =>
  after.key.queued
    ? after.state === 'inFlight' && (before?.state === 'queued' || before?.state === 'handedBack')
    : !before && after.state !== 'void';
/** By a receipt or a replay: what was counted counts elsewhere now. */
const isAmended = (before: PageRecord, after: PageRecord): boolean =>
  after.entries.some(({ outcome }, at) => {
    const old = before.entries[at]?.outcome;
    return outcome !== old && (old !== 'unknown' || outcome === 'delivered');
  });

const mostInHand = 4;
const processOf = ({ owner }: PageRecord): string => owner.slice(0, owner.indexOf('/'));
/** Requests that one pause may leave to be sent after the page was lost: no more than a worker's calls at one time. */
const sendsInHand = 50;
/** Every worker knows of a more urgent run after two readings of the open list, and has a call's turn to wait for. */
const lesserEndsMs = 4_000;
/** A worker looks at the open list again after 0.3 s; to claim takes it some more. */
const turnMs = 1_000;

/** Sending ends before the expiry by a margin, and the store's time is known to a second. */
export const earliestExpiryMs = 3_000;

export function createWitness(scheduler: Scheduler, options: { isOrderJudged: boolean }): Witness {
  const pages = new Map<string, PageRecord>();
  const attempts = new Map<string, number>();
  const claimedAtMs = new Map<string, number>();
  const changedAtMs = new Map<string, number>();
  const acceptances = new Map<string, number>();
  const requests = new Map<ChannelName, number[]>();
  const runs = new Map<string, Run>();
  const listed = new Set<string>();
  const openedAtMs = new Map<string, number>();
  const marked = new Set<string>();
  const over = new Set<string>();
  const unknown = new Set<string>();
  const amended = new Set<string>();
  const inHand = new Map<string, Set<string>>();
  const broken: string[] = [];
  const sends: SendStart[] = [];
  const letters: UndeliveredLetter[] = [];
  const harm: Harm = { deaths: 0, longPauses: 0, storeAmbiguities: 0, unanswered: 0, pauses: 0 };
  let lateRequests = 0;
  const breaks = (what: string): void => {
    if (broken.length < 20) broken.push(what);
  };
  const accounts = createAccountWitness({ nowMs: scheduler.nowMs, breaks, isCalm: options.isOrderJudged });

  /** Each page that is held, and by which process. */
  const holders = new Map<string, string>();
  const isHeldBy = (process: string, page: string): boolean => holders.get(page) === process;

  /** Where a page's endpoints come from: another channel's page, or one of the run's own map. */
  function claimed(after: PageRecord): void {
    const { queued, ...key } = after.key;
    const channel = queued?.queue === 'backup' ? 'sms' : key.channel;
    for (const other of runs.values()) {
      const isSamePlace = other.earthquakeId === key.earthquakeId && other.channel === channel;
      if (!isSamePlace || other.seq <= key.seq) continue;
      const later = pages.get(pageNameOf({ ...key, channel, seq: other.seq }));
      if (later && later.state !== 'void')
        breaks(`I8 ${pageNameOf(after.key)} is claimed although seq ${other.seq} has it`);
    }
    // A page on which nobody is told takes nothing from anybody.
    if (options.isOrderJudged && after.state === 'inFlight') judgeOrder(after);
  }

  /** No worker ever holds more pages than a crash may leave unknown. */
  function taken(name: string, page: PageRecord): void {
    const process = processOf(page);
    holders.set(name, process);
    const pagesInHand = (inHand.get(process) ?? new Set<string>()).add(name);
    inHand.set(process, pagesInHand);
    if (pagesInHand.size > mostInHand && harm.storeAmbiguities === 0)
      breaks(`I4 ${process} holds ${pagesInHand.size} pages: ${[...pagesInHand].join(' ')}`);
  }

  function noteUnknown(name: string, { entries }: PageRecord): void {
    for (const { endpointId, outcome } of entries)
      if (outcome === 'unknown') unknown.add(personAt(`${name}/${endpointId}`));
  }

  /** One holder tries somebody again only after it has written what it knows, and not beside more urgent work. */
  function judgeAttempt(process: string, pageName: string, page: PageRecord, endpointId: string): void {
    const name = `${pageName}/${page.epoch}/${endpointId}`;
    const number = (attempts.get(name) ?? 0) + 1;
    attempts.set(name, number);
    if (number === 1) return;
    if (number > mostAttempts) breaks(`I3 ${process} tries ${name} ${number} times`);
    const written = page.entries.find((entry) => entry.endpointId === endpointId)?.outcome;
    if (written !== 'retrying') breaks(`I4 ${process} tries ${name} again, which is written as ${written}`);
    const mine = runs.get(runName(page.key));
    if (!mine || !options.isOrderJudged) return;
    for (const urgent of listed) {
      const other = runs.get(urgent);
      const openedMs = openedAtMs.get(urgent) ?? 0;
      if (!other || other.channel !== mine.channel || over.has(urgent) || !isMoreUrgent(other, mine)) continue;
      if (openedMs > (claimedAtMs.get(pageName) ?? 0) && scheduler.nowMs() > openedMs + lesserEndsMs)
        breaks(`I15 ${process} tries ${name} again beside ${urgent}`);
    }
  }

  /** A page was claimed: no page of a more urgent run may be free that its worker must have seen. */
  function judgeOrder({ key }: PageRecord): void {
    const mine = runs.get(runName(key));
    // What has expired is only recorded as such.
    if (!mine || mine.expiresAtMs - epochMs - scheduler.nowMs() <= earliestExpiryMs) return;
    for (const [name, other] of runs) {
      if (other.channel !== key.channel || over.has(name) || compareRuns(other, mine) >= 0) continue;
      if (scheduler.nowMs() - (openedAtMs.get(name) ?? 0) < turnMs) continue;
      const free = other.segmentOrder.find(
        (id, rank) => !marked.has(`${name}/${rank}`) && !pages.has(`${name}/${id}/0`),
      );
      if (free !== undefined) breaks(`I15 ${pageNameOf(key)} is claimed before segment ${free} of ${name}`);
    }
  }

  return {
    harm,
    broken,
    sends,
    attempts: (name) => attempts.get(name) ?? 0,
    acceptances,
    requests,
    accounts,
    letters,
    runs,
    page: (name) => pages.get(name),
    pages: () => pages.values(),
    wasUnknown: (reference) => unknown.has(personAt(reference)),
    wasAmended: (run) => amended.has(runName(run)),
    breaks,
    pageChanged(before, after) {
      const { key } = (after ?? before) as PageRecord;
      const name = pageNameOf(key);
      const nowMs = scheduler.nowMs();
      const takeMs = runs.get(runName(key))?.durations.takeMs ?? 0;
      const problem = brokenTransition(before, after, nowMs - (changedAtMs.get(name) ?? nowMs), takeMs);
      if (problem) breaks(`${problem}: ${name}`);
      changedAtMs.set(name, nowMs);
      if (after?.epoch !== before?.epoch) claimedAtMs.set(name, nowMs);
      if (after) pages.set(name, after);
      else pages.delete(name);
      if (before?.state === 'inFlight') {
        inHand.get(processOf(before))?.delete(name);
        holders.delete(name);
      }
      if (after?.state === 'inFlight') taken(name, after);
      if (after?.state === 'settled') noteUnknown(name, after);
      if (after && isClaim(before, after)) claimed(after);
      if (before?.state === 'settled' && after && isAmended(before, after)) amended.add(runName(key));
    },
    runOpened(run) {
      const name = runName(run);
      if (runs.has(name)) return;
      runs.set(name, run);
      listed.add(name);
      openedAtMs.set(name, scheduler.nowMs());
    },
    runReopened: (key) => void listed.add(runName(key)),
    runRemoved: (key) => void listed.delete(runName(key)),
    openRuns: () => listed.size,
    segmentTaken: (key, rank) => void marked.add(`${runName(key)}/${rank}`),
    superseded(key) {
      for (const [name, run] of runs)
        if (run.earthquakeId === key.earthquakeId && run.channel === key.channel && run.seq < key.seq) over.add(name);
    },
    sendStarts(process, reference) {
      const at = endpointOf(reference);
      const page = reference.slice(0, at);
      const endpointId = reference.slice(at + 1);
      sends.push({ page, endpointId, atMs: scheduler.nowMs() });
      const item = pages.get(page);
      if (item && isHeldBy(process, page)) judgeAttempt(process, page, item, endpointId);
      else breaks(`I6 ${process} starts a send on ${page}, which it does not hold`);
    },
    requested(channel, wasHeld) {
      if (wasHeld) return;
      const times = requests.get(channel) ?? [];
      requests.set(channel, times);
      times.push(scheduler.nowMs());
    },
    accepted(process, reference, wasHeld) {
      acceptances.set(reference, (acceptances.get(reference) ?? 0) + 1);
      if (isHeldBy(process, reference.slice(0, endpointOf(reference)))) return;
      lateRequests++;
      if (!wasHeld && harm.deaths + harm.storeAmbiguities === 0)
        breaks(`I7 ${reference} is told on a page that ${process} does not hold`);
      if (lateRequests > sendsInHand * (harm.pauses + harm.deaths + harm.storeAmbiguities))
        breaks(`I7 ${lateRequests} sends after ${harm.pauses} pauses`);
    },
    async keep(letter) {
      if (letter.type === 'undelivered') letters.push(letter);
    },
  };
}
