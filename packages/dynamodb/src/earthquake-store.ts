import {
  type DynamoDBClient,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Earthquake, EarthquakeStore } from '@quakewire/core';
import { keysOf, text } from './attribute-values.ts';
import {
  bucketKey,
  bucketKeys,
  earthquakeOf,
  pointerItemOf,
  revisionItemOf,
  revisionKey,
  revisionPartitionKey,
  sourceIdKey,
} from './earthquake-items.ts';
import { queryAll } from './query-all.ts';
import { endOfRetention, retentionSeconds } from './retention.ts';

export interface EarthquakeStoreOptions {
  client: DynamoDBClient;
  table: string;
  /** Time of day for the end of retention only, milliseconds since the epoch. */
  nowMs: () => number;
}

const windowMs = 60_000;
/** A transaction takes 100 writes; a source that gives more ids than this is found by its newest ones and by time. */
const maximumIds = 90;

/** Earthquakes with their whole history: each revision is an item that is written once. */
export function createEarthquakeStore({ client, table, nowMs }: EarthquakeStoreOptions): EarthquakeStore {
  /** Ids of the earthquakes below a bucket or a source's id. */
  async function pointedAt(partitionKey: string): Promise<string[]> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'pk = :pointer',
      ExpressionAttributeValues: { ':pointer': text(partitionKey) },
      ConsistentRead: true,
    });
    return items.map((item) => keysOf(item).sortKey);
  }

  async function newestRevision(earthquakeId: string): Promise<Earthquake | undefined> {
    const { Items: items } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :earthquake',
        ExpressionAttributeValues: { ':earthquake': text(revisionPartitionKey(earthquakeId)) },
        ScanIndexForward: false,
        Limit: 1,
        ConsistentRead: true,
      }),
    );
    return items?.[0] && earthquakeOf(items[0]);
  }

  return {
    async findCandidates(originTimeMs, ids) {
      const buckets = bucketKeys(originTimeMs - windowMs, originTimeMs + windowMs);
      const pointers = await Promise.all([...buckets, ...ids.map(sourceIdKey)].map(pointedAt));
      const found = await Promise.all([...new Set(pointers.flat())].map(newestRevision));
      return found.filter((one) => one !== undefined).filter((one) => isCandidate(one, originTimeMs, ids));
    },
    async saveRevision(earthquake) {
      const ttl = endOfRetention(nowMs(), retentionSeconds.earthquakes);
      const pointers = pointersOf(earthquake).map((key) => put(table, pointerItemOf(key, earthquake.id, ttl)));
      const TransactItems = [...revisionWrites(table, earthquake, ttl), ...pointers];
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems }));
        return true;
      } catch (error) {
        if (isLostRace(error)) return false;
        throw error;
      }
    },
  };
}

const idsOf = (earthquake: Earthquake): string[] =>
  [...new Set(earthquake.bulletins.flatMap(({ ids }) => [...ids]))].slice(-maximumIds);

const pointersOf = (earthquake: Earthquake): string[] => [
  bucketKey(earthquake.preferred.hypocentre.originTimeMs),
  ...idsOf(earthquake).map(sourceIdKey),
];

/** Pointers of earlier solutions stay, so what they lead to is checked. */
const isCandidate = (earthquake: Earthquake, originTimeMs: number, ids: readonly string[]): boolean =>
  Math.abs(earthquake.preferred.hypocentre.originTimeMs - originTimeMs) <= windowMs ||
  earthquake.bulletins.some((bulletin) => bulletin.ids.some((id) => ids.includes(id)));

const put = (table: string, item: ReturnType<typeof pointerItemOf>): TransactWriteItem => ({
  Put: { TableName: table, Item: item },
});

/** The revision, if it is not there yet and the one before it is. */
function revisionWrites(table: string, earthquake: Earthquake, ttl: number): TransactWriteItem[] {
  const isNew = 'attribute_not_exists(sk)';
  const write = { Put: { TableName: table, Item: revisionItemOf(earthquake, ttl), ConditionExpression: isNew } };
  if (earthquake.revision === 1) return [write];
  const before = revisionKey(earthquake.id, earthquake.revision - 1);
  return [write, { ConditionCheck: { TableName: table, Key: before, ConditionExpression: 'attribute_exists(sk)' } }];
}

/** A condition failed, or another transaction was at the same items: in both cases somebody else was first. */
function isLostRace(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = error.CancellationReasons?.map(({ Code }) => Code) ?? [];
  return codes.some((code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict');
}
