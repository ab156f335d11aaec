import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Earthquake, EarthquakeStore } from '@quakewire/core';
import { attributeNames } from './attribute-names.ts';
import { keysOf, text } from './attribute-values.ts';
import {
  aftershockOfItem,
  bucketKey,
  bucketNames,
  earthquakeOf,
  listNames,
  mainshockOfItem,
  revisionPartitionKey,
  sourceIdKey,
} from './earthquake-items.ts';
import { creation, revision } from './earthquake-writes.ts';
import { queryAll } from './query-all.ts';
import { endOfRetention, retentionSeconds } from './retention.ts';

export interface EarthquakeStoreOptions {
  client: DynamoDBClient;
  table: string;
  /** Time of day for the end of retention only, milliseconds since the epoch. */
  nowMs: () => number;
}

const windowMs = 60_000;

/** Earthquakes with their whole history: each revision is an item that is written once. */
export function createEarthquakeStore({ client, table, nowMs }: EarthquakeStoreOptions): EarthquakeStore {
  const ttl = (): number => endOfRetention(nowMs(), retentionSeconds.earthquakes);

  /** Ids of the earthquakes that ever originated in a bucket: one item, so that its content and size are of one moment. */
  async function heldBy(bucket: string): Promise<string[]> {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: table, Key: bucketKey(bucket), ConsistentRead: true }),
    );
    return item?.[attributeNames.earthquakeIds]?.SS ?? [];
  }

  async function named(sourceId: string): Promise<string[]> {
    const items = await queryAll(client, partition(table, sourceIdKey(sourceId)));
    return items.map((item) => keysOf(item).sortKey);
  }

  async function read(earthquakeId: string): Promise<Earthquake | undefined> {
    const newestFirst = { ...partition(table, revisionPartitionKey(earthquakeId)), ScanIndexForward: false, Limit: 1 };
    const { Items: items } = await client.send(new QueryCommand(newestFirst));
    return items?.[0] && earthquakeOf(items[0]);
  }

  return {
    async lookAround(originTimeMs, ids) {
      const buckets = bucketNames(originTimeMs - windowMs, originTimeMs + windowMs);
      const [inBuckets, byIds] = await Promise.all([Promise.all(buckets.map(heldBy)), Promise.all(ids.map(named))]);
      const found = await Promise.all([...new Set([...inBuckets, ...byIds].flat())].map(read));
      return {
        earthquakes: found.filter((one) => one !== undefined).filter((one) => isNear(one, originTimeMs, ids)),
        held: Object.fromEntries(buckets.map((bucket, index) => [bucket, inBuckets[index]?.length ?? 0])),
      };
    },
    read,
    create: async (earthquake, { held }) =>
      earthquake.revision === 1 && applied(client, creation({ table, earthquake, ttl: ttl() }, held)),
    saveRevision: async (earthquake) =>
      earthquake.revision > 1 && applied(client, revision({ table, earthquake, ttl: ttl() })),
    async listMainshocks(sinceMs) {
      const items = await queryAll(client, partition(table, listNames.mainshocks));
      return items.map(mainshockOfItem).filter(({ hypocentre }) => hypocentre.originTimeMs >= sinceMs);
    },
    async listAftershocks(sinceMs) {
      const items = await queryAll(client, partition(table, listNames.aftershocks));
      return items.map(aftershockOfItem).filter(({ hypocentre }) => hypocentre.originTimeMs >= sinceMs);
    },
  };
}

const partition = (table: string, key: string): QueryCommandInput => ({
  TableName: table,
  KeyConditionExpression: 'pk = :key',
  ExpressionAttributeValues: { ':key': text(key) },
  ConsistentRead: true,
});

/** Buckets and pointers of earlier solutions stay, so what they lead to is checked. */
const isNear = (earthquake: Earthquake, originTimeMs: number, ids: readonly string[]): boolean =>
  Math.abs(earthquake.preferred.hypocentre.originTimeMs - originTimeMs) <= windowMs ||
  earthquake.bulletins.some((bulletin) => bulletin.ids.some((id) => ids.includes(id)));

/** False where a condition failed or another transaction was at the same items: somebody else was first. */
async function applied(client: DynamoDBClient, TransactItems: TransactWriteItem[]): Promise<boolean> {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    return true;
  } catch (error) {
    if (isLostRace(error)) return false;
    throw error;
  }
}

function isLostRace(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = error.CancellationReasons?.map(({ Code }) => Code) ?? [];
  return codes.some((code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict');
}
