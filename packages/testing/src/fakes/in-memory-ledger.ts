import type { Entry, Holding, Ledger, PageKey, PageRecord, RunKey, Written } from '@quakewire/core';
import { sealedEntries, stateAfterSettle, takenAsUnknown, withLateTruth } from '@quakewire/core';

/** `PutItem` aside, a change is a new record made from the found one, or undefined when the condition fails. */
type Change = (found: PageRecord | undefined) => PageRecord | undefined;

export interface InMemoryLedger extends Ledger {
  /** Every page item, in the order of its first write. */
  all(): PageRecord[];
  /** Puts a record as it is, e.g. one that was queued by another channel. */
  seed(record: PageRecord): void;
}

/** The ledger's conditions on a Map; one turn a write, so no two writes ever mix. */
export function createInMemoryLedger(): InMemoryLedger {
  const pages = new Map<string, PageRecord>();

  async function write(key: PageKey, change: Change): Promise<Written> {
    const found = pages.get(nameOf(key));
    const next = change(found);
    if (!next) return { applied: false, found: structuredClone(found) };
    pages.set(nameOf(key), structuredClone(next));
    return { applied: true };
  }
  const asHolder = (holding: Holding, change: (page: PageRecord) => PageRecord) =>
    write(holding.key, (found) => (found && isHeldBy(holding, found) ? change(found) : undefined));
  const take = (seen: PageRecord, change: (page: PageRecord) => PageRecord | undefined) =>
    write(seen.key, (found) => (found && isUnchanged(seen, found) ? change(found) : undefined));

  return {
    claim: (key, owner, entries) =>
      write(key, (found) => (found ? undefined : { ...newPage(key, entries), state: 'inFlight', epoch: 1, owner })),
    settleUnsent: (key, owner, entries) =>
      write(key, (found) => (found ? undefined : { ...newPage(key, entries), state: 'settled', epoch: 1, owner })),
    reclaim: (key, epoch, owner, entries) =>
      write(key, (found) =>
        found?.epoch === epoch && (found.state === 'handedBack' || found.state === 'queued')
          ? { ...found, state: 'inFlight', epoch: epoch + 1, beat: 0, owner, entries }
          : undefined,
      ),
    beat: (holding) => asHolder(holding, (page) => ({ ...page, beat: page.beat + 1 })),
    markRetry: (holding, entries) => asHolder(holding, (page) => ({ ...page, beat: page.beat + 1, entries })),
    settle: (holding, entries) => asHolder(holding, (page) => ({ ...page, state: stateAfterSettle(entries), entries })),
    takeAsUnknown: (seen, owner) =>
      take(seen, (page) => ({
        ...page,
        state: 'settled',
        epoch: page.epoch + 1,
        owner,
        entries: takenAsUnknown(page.entries),
      })),
    takeForResend: (seen, owner) =>
      take(seen, (page) =>
        page.resent ? undefined : { ...page, epoch: page.epoch + 1, beat: 0, owner, resent: true },
      ),
    seal: async (key, rows, notConcerned) => {
      const written = await write(key, (found) =>
        found ? undefined : { ...newPage(key, []), state: 'void', voidRows: rows, voidNotConcerned: notConcerned },
      );
      return !written.applied && written.found?.state === 'void' ? { applied: true } : written;
    },
    sealHandedBack: (seen) =>
      write(seen.key, (found) =>
        found?.state === 'handedBack' && found.epoch === seen.epoch
          ? { ...found, state: 'settled', entries: sealedEntries(found.entries) }
          : undefined,
      ),
    giveBack: async (holding) => {
      const found = pages.get(nameOf(holding.key));
      if (!found) return { applied: true };
      if (found.epoch !== 1 || !isHeldBy(holding, found)) return { applied: false, found: structuredClone(found) };
      pages.delete(nameOf(holding.key));
      return { applied: true };
    },
    addLateTruth: (seen, entries) =>
      write(seen.key, (found) =>
        found?.state === 'settled' && found.version === seen.version && found.epoch === seen.epoch && !found.resent
          ? { ...found, version: found.version + 1, entries: withLateTruth(found.entries, entries) }
          : undefined,
      ),
    read: async (key) => structuredClone(pages.get(nameOf(key))),
    readSegment: async (key, segmentId) =>
      [...pages.values()]
        .filter((page) => page.key.segmentId === segmentId && isOfRun(key, page.key))
        .sort((a, b) => a.key.page - b.key.page)
        .map((page) => structuredClone(page)),
    all: () => structuredClone([...pages.values()]),
    seed: (record) => void pages.set(nameOf(record.key), structuredClone(record)),
  };
}

const nameOf = (key: PageKey): string => [key.earthquakeId, key.channel, key.segmentId, key.page, key.seq].join('#');

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
