import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  type Entry,
  type Ledger,
  LedgerUnreachable,
  type PageKey,
  type PageRecord,
  type Written,
  withLateTruth,
} from '@quakewire/core';
import { type Item, text } from './attribute-values.ts';
import { packOutcomes } from './codecs/outcome-codes.ts';
import { conditional, isFinalRefusal } from './conditional-write.ts';
import { createLedgerWrites, type LedgerWrite } from './ledger-writes.ts';
import { pageItemKey, pageRecordOf, queuedPartitionKey, segmentPartitionKey } from './page-item.ts';
import { queryAll } from './query-all.ts';
import { type OnUnreadable, readAlone } from './read-alone.ts';
import { endOfRetention, retentionSeconds } from './retention.ts';
import { within } from './within.ts';

export interface LedgerOptions {
  client: DynamoDBClient;
  table: string;
  /** Time of day for the end of retention only, milliseconds since the epoch. */
  nowMs: () => number;
  /** A write with its retries; with `readTimeoutMs` within the shortest `storeTimeoutMs` of any run (1.5 s). */
  writeTimeoutMs?: number;
  /** The one strong read after a write that got no answer. */
  readTimeoutMs?: number;
  /** A page item that cannot be read fails alone: it is taken for one that is not there, and every write to it is refused. */
  onUnreadable?: OnUnreadable;
}

/** Tells from an item whether my write is in it. */
type IsApplied = (found: PageRecord | undefined) => boolean;

/** The page items in DynamoDB: see the port for what each call promises. */
export function createLedger(options: LedgerOptions): Ledger {
  const { client, table, nowMs, writeTimeoutMs = 1_000, readTimeoutMs = 500, onUnreadable } = options;
  const writes = createLedgerWrites(table, () => endOfRetention(nowMs(), retentionSeconds.ledger));

  const readPage = (item: Item): PageRecord | undefined => readAlone(item, pageRecordOf, onUnreadable);
  async function read(key: PageKey, abortSignal?: AbortSignal): Promise<PageRecord | undefined> {
    const command = new GetItemCommand({ TableName: table, Key: pageItemKey(key), ConsistentRead: true });
    const { Item } = await client.send(command, abortSignal ? { abortSignal } : {});
    return Item && readPage(Item);
  }

  /** What stands in the table after a write that got no answer. */
  async function readAfterSilence(key: PageKey, cause: unknown): Promise<PageRecord | undefined> {
    try {
      return await within(readTimeoutMs, (signal) => read(key, signal));
    } catch (error) {
      const both = new AggregateError([cause, error]);
      throw new LedgerUnreachable('the ledger did not answer a write nor the read after it', { cause: both });
    }
  }

  async function write({ key, command }: LedgerWrite, isApplied: IsApplied): Promise<Written> {
    let found: PageRecord | undefined;
    try {
      const written = await within(writeTimeoutMs, (abortSignal) =>
        // The union of commands has no common overload; each is sent as it is.
        conditional(client.send(command as never, { abortSignal }) as Promise<unknown>),
      );
      if (written.held) return { applied: true };
      found = written.found && readPage(written.found);
    } catch (error) {
      if (isFinalRefusal(error)) throw error;
      found = await readAfterSilence(key, error);
    }
    return isApplied(found) ? { applied: true } : { applied: false, found };
  }

  return {
    claim: (key, owner, entries) => write(writes.claim(key, owner, entries), isMineAt(owner, 1)),
    settleUnsent: (key, owner, entries) => write(writes.settleUnsent(key, owner, entries), isMineAt(owner, 1)),
    reclaim: (key, epoch, owner, entries) =>
      write(writes.reclaim(key, epoch, owner, entries), isMineAt(owner, epoch + 1)),
    // A beat that got no answer is reported as lost even if it arrived: the holder only stops earlier than it had to.
    beat: (holding) => write(writes.beat(holding), () => false),
    markRetry: (holding, entries) =>
      write(
        writes.markRetry(holding, entries),
        (found) =>
          isMineAt(holding.owner, holding.epoch)(found) && found?.state === 'inFlight' && hasOutcomes(found, entries),
      ),
    settle: (holding, entries) =>
      write(
        writes.settle(holding, entries),
        (found) => isMineAt(holding.owner, holding.epoch)(found) && found?.state !== 'inFlight',
      ),
    takeAsUnknown: (seen, owner) => write(writes.takeAsUnknown(seen, owner), isMineAt(owner, seen.epoch + 1)),
    takeForResend: (seen, owner) => write(writes.takeForResend(seen, owner), isMineAt(owner, seen.epoch + 1)),
    seal: (key, rows, notConcerned) => write(writes.seal(key, rows, notConcerned), (found) => found?.state === 'void'),
    sealHandedBack: (seen) =>
      write(writes.sealHandedBack(seen), (found) => found?.state === 'settled' && found.epoch === seen.epoch),
    giveBack: (holding) => write(writes.giveBack(holding), (found) => found === undefined),
    addLateTruth: (seen, entries) =>
      write(
        writes.addLateTruth(seen, entries),
        (found) => found?.version === seen.version + 1 && hasLateTruth(found, seen, entries),
      ),
    amend: (seen, entries) =>
      write(writes.amend(seen, entries), (found) => found?.version === seen.version + 1 && hasOutcomes(found, entries)),
    // Whoever queues reads the queue again when refused, and finds there what this very write may have put.
    queue: (key, rows, outcome) => write(writes.queue(key, rows, outcome), () => false),
    read: (key) => read(key),
    async readSegment(key, segmentId, strong = false) {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :segment',
        ExpressionAttributeValues: { ':segment': text(segmentPartitionKey(key, segmentId)) },
        ConsistentRead: strong,
      });
      return items
        .filter((item) => item.sk?.S?.endsWith(`#${key.seq}`))
        .flatMap((item) => readPage(item) ?? [])
        .sort((a, b) => a.key.page - b.key.page);
    },
    async readQueued(key) {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :queued',
        ExpressionAttributeValues: { ':queued': text(queuedPartitionKey(key)) },
        ConsistentRead: true,
      });
      return items
        .filter((item) => item.sk?.S?.endsWith(`#${key.seq}`))
        .map(pageRecordOf)
        .sort(byPlace);
    },
  };
}

const byPlace = ({ key: a }: PageRecord, { key: b }: PageRecord): number =>
  a.segmentId - b.segmentId || a.page - b.page || (a.queued?.batch ?? 0) - (b.queued?.batch ?? 0);

/** `owner` is a nonce of one claim: an item that carries it at my epoch is my own write. */
const isMineAt =
  (owner: string, epoch: number): IsApplied =>
  (found) =>
    found?.owner === owner && found.epoch === epoch;

const codesOf = (entries: readonly Entry[]): string => packOutcomes(entries.map(({ outcome }) => outcome));
const hasOutcomes = (found: PageRecord, entries: readonly Entry[]): boolean =>
  codesOf(found.entries) === codesOf(entries);
const hasLateTruth = (found: PageRecord, seen: PageRecord, entries: readonly Entry[]): boolean =>
  hasOutcomes(found, withLateTruth(seen.entries, entries));
