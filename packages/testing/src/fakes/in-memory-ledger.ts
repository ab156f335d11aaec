import type { Entry, Holding, Ledger, PageKey, PageRecord, RunKey, Written } from '@quakewire/core';
import { pageName, sealedEntries, stateAfterSettle, takenAsUnknown, withLateTruth } from '@quakewire/core';

/** The record after a write, or undefined when its condition fails. */
type Change = (found: PageRecord | undefined) => PageRecord | undefined;
/** Tells from a found record whether this very write was applied before. */
type IsApplied = (found: PageRecord | undefined) => boolean;

export interface InMemoryLedger extends Ledger {
  /** Every page item, in the order of its first write. */
  all(): PageRecord[];
  /** Puts a record as it is, e.g. one that was queued by another channel. */
  seed(record: PageRecord): void;
}

/** Told of every change of a page item as it happens; the records are the ledger's own and must not be changed. */
export type LedgerWitness = (before: PageRecord | undefined, after: PageRecord | undefined) => void;

/**
 * The ledger's conditions on a Map; one turn a write, so no two writes ever mix. What is stored is a copy, replaced and
 * never changed: all readers share it.
 */
export function createInMemoryLedger(witness?: LedgerWitness): InMemoryLedger {
  const pages = new Map<string, PageRecord>();

  function keep(key: PageKey, before: PageRecord | undefined, after: PageRecord): void {
    pages.set(pageName(key), after);
    witness?.(before, after);
  }
  async function write(key: PageKey, change: Change, isApplied: IsApplied): Promise<Written> {
    const found = pages.get(pageName(key));
    const next = change(found);
    if (next) keep(key, found, copyOf(next));
    return next || isApplied(found) ? { applied: true } : { applied: false, found };
  }
  const put = (page: PageRecord, isApplied: IsApplied = isMineAt(page.owner, 1)) =>
    write(page.key, (found) => (found ? undefined : page), isApplied);
  const asHolder = (holding: Holding, change: (page: PageRecord) => PageRecord, isApplied: IsApplied = () => false) =>
    write(holding.key, (found) => (found && isHeldBy(holding, found) ? change(found) : undefined), isApplied);
  const take = (seen: PageRecord, owner: string, change: (page: PageRecord) => PageRecord | undefined) =>
    write(
      seen.key,
      (found) => (found && isUnchanged(seen, found) ? change({ ...found, owner, epoch: found.epoch + 1 }) : undefined),
      isMineAt(owner, seen.epoch + 1),
    );

  return {
    claim: (key, owner, entries) => put({ ...newPage(key, entries), state: 'inFlight', epoch: 1, owner }),
    settleUnsent: (key, owner, entries) => put({ ...newPage(key, entries), state: 'settled', epoch: 1, owner }),
    reclaim: (key, epoch, owner, entries) =>
      write(
        key,
        (found) =>
          found?.epoch === epoch && (found.state === 'handedBack' || found.state === 'queued')
            ? { ...found, state: 'inFlight', epoch: epoch + 1, beat: 0, owner, entries }
            : undefined,
        isMineAt(owner, epoch + 1),
      ),
    beat: (holding) => asHolder(holding, (page) => ({ ...page, beat: page.beat + 1 })),
    markRetry: (holding, entries) => asHolder(holding, (page) => ({ ...page, beat: page.beat + 1, entries })),
    settle: (holding, entries) =>
      asHolder(
        holding,
        (page) => ({ ...page, state: stateAfterSettle(entries), entries }),
        (found) => isMineAt(holding.owner, holding.epoch)(found) && found?.state !== 'inFlight',
      ),
    takeAsUnknown: (seen, owner) =>
      take(seen, owner, (page) => ({ ...page, state: 'settled', entries: takenAsUnknown(page.entries) })),
    takeForResend: (seen, owner) =>
      take(seen, owner, (page) => (page.resent ? undefined : { ...page, beat: 0, resent: true })),
    seal: (key, rows, notConcerned) =>
      put(
        { ...newPage(key, []), state: 'void', voidRows: rows, voidNotConcerned: notConcerned },
        (found) => found?.state === 'void',
      ),
    sealHandedBack: (seen) =>
      write(
        seen.key,
        (found) =>
          (found?.state === 'handedBack' || found?.state === 'queued') && found.epoch === seen.epoch
            ? { ...found, state: 'settled', entries: sealedEntries(found.entries) }
            : undefined,
        (found) => found?.state === 'settled' && found.epoch === seen.epoch,
      ),
    giveBack: async (holding) => {
      const found = pages.get(pageName(holding.key));
      if (!found) return { applied: true };
      if (found.epoch !== 1 || !isHeldBy(holding, found)) return { applied: false, found };
      pages.delete(pageName(holding.key));
      witness?.(found, undefined);
      return { applied: true };
    },
    addLateTruth: (seen, entries) =>
      write(
        seen.key,
        (found) =>
          found?.state === 'settled' && found.version === seen.version && found.epoch === seen.epoch && !found.resent
            ? { ...found, version: found.version + 1, entries: withLateTruth(found.entries, entries) }
            : undefined,
        (found) => found?.version === seen.version + 1 && hasLateTruth(found, seen, entries),
      ),
    amend: (seen, entries) =>
      write(
        seen.key,
        (found) =>
          found?.state === 'settled' && found.version === seen.version && found.epoch === seen.epoch
            ? { ...found, version: found.version + 1, entries }
            : undefined,
        (found) => found?.version === seen.version + 1 && hasOutcomes(found, entries),
      ),
    queue: (key, rows, outcome) => {
      const entries = rows.map(({ endpointId }): Entry => ({ endpointId, outcome }));
      const state = outcome === 'notTried' ? 'queued' : 'settled';
      return put({ ...newPage(key, entries), state, rows }, () => false);
    },
    read: async (key) => pages.get(pageName(key)),
    readSegment: async (key, segmentId) =>
      [...pages.values()]
        .filter((page) => page.key.segmentId === segmentId && !page.key.queued && isOfRun(key, page.key))
        .sort((a, b) => a.key.page - b.key.page),
    readQueued: async (key) =>
      [...pages.values()].filter((page) => page.key.queued && isOfRun(key, page.key)).sort(byPlace),
    all: () => [...pages.values()],
    seed: (record) => void pages.set(pageName(record.key), copyOf(record)),
  };
}

/** As `structuredClone`, at a tenth of the cost: pages are copied with every call of every simulation. */
const copyOf = (page: PageRecord): PageRecord => ({
  ...page,
  key: { ...page.key },
  entries: page.entries.map((entry) => ({ ...entry })),
  ...(page.rows ? { rows: page.rows.map((row) => ({ ...row })) } : {}),
});

const isOfRun = (run: RunKey, key: PageKey): boolean =>
  key.earthquakeId === run.earthquakeId && key.seq === run.seq && key.channel === run.channel;

const newPage = (key: PageKey, entries: readonly Entry[]): PageRecord => ({
  key,
  state: 'inFlight',
  epoch: 0,
  beat: 0,
  owner: '',
  resent: false,
  entries,
  version: 0,
});

const isHeldBy = (holding: Holding, page: PageRecord): boolean =>
  page.epoch === holding.epoch && page.owner === holding.owner && page.state === 'inFlight';

const isUnchanged = (seen: PageRecord, page: PageRecord): boolean =>
  page.epoch === seen.epoch && page.beat === seen.beat && page.owner === seen.owner && page.state === 'inFlight';

/** `owner` is a nonce of one claim: a record that carries it at my epoch is my own write. */
const isMineAt =
  (owner: string, epoch: number): IsApplied =>
  (found) =>
    found?.owner === owner && found.epoch === epoch;

const hasOutcomes = (found: PageRecord, entries: readonly Entry[]): boolean =>
  entries.every(({ outcome }, index) => found.entries[index]?.outcome === outcome);
const hasLateTruth = (found: PageRecord, seen: PageRecord, entries: readonly Entry[]): boolean =>
  hasOutcomes(found, withLateTruth(seen.entries, entries));

const byPlace = ({ key: a }: PageRecord, { key: b }: PageRecord): number =>
  a.segmentId - b.segmentId || a.page - b.page || (a.queued?.batch ?? 0) - (b.queued?.batch ?? 0);
