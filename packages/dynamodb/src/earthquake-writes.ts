import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Aftershock, aftershockOf, type Earthquake, type Mainshock, mainshockOf } from '@quakewire/core';
import { namesIn } from './attribute-names.ts';
import { type Item, number } from './attribute-values.ts';
import {
  bucketKey,
  bucketName,
  type ListName,
  listedItemOf,
  listedKey,
  pointerItemOf,
  revisionItemOf,
  revisionKey,
} from './earthquake-items.ts';

/** A transaction takes 100 writes; a source that gives more ids than this is found by its newest ones and by time. */
const maximumIds = 90;

export interface EarthquakeWrite {
  table: string;
  earthquake: Earthquake;
  /** Whole seconds since the epoch. */
  ttl: number;
}

/** A new earthquake: nobody else has written it, and no bucket around it holds more than when it was looked at. */
export function creation(write: EarthquakeWrite, held: Readonly<Record<string, number>>): TransactWriteItem[] {
  const own = bucketName(write.earthquake.preferred.hypocentre.originTimeMs);
  const others = Object.entries(held).filter(([bucket]) => bucket !== own);
  return [
    ...commonWrites(write),
    joinBucket(write, holdsStill(held[own] ?? 0)),
    ...others.map(([bucket, count]) => ({
      ConditionCheck: { TableName: write.table, Key: bucketKey(bucket), ...namedCondition(holdsStill(count)) },
    })),
  ];
}

/** A later revision: not there yet, while the one before it is. */
export function revision(write: EarthquakeWrite): TransactWriteItem[] {
  const { id, revision: number } = write.earthquake;
  const before = {
    TableName: write.table,
    Key: revisionKey(id, number - 1),
    ConditionExpression: 'attribute_exists(sk)',
  };
  return [...commonWrites(write), joinBucket(write), { ConditionCheck: before }];
}

function commonWrites(write: EarthquakeWrite): TransactWriteItem[] {
  const { table, earthquake, ttl } = write;
  const ids = [...new Set(earthquake.bulletins.flatMap((bulletin) => [...bulletin.ids]))].slice(-maximumIds);
  const put = (Item: Item): TransactWriteItem => ({ Put: { TableName: table, Item } });
  const item = revisionItemOf(earthquake, ttl);
  return [
    { Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(sk)' } },
    ...ids.map((id) => put(pointerItemOf(id, earthquake.id, ttl))),
    ...listWrites(write, 'mainshocks', mainshockOf(earthquake)),
    ...listWrites(write, 'aftershocks', aftershockOf(earthquake)),
  ];
}

/** Lists the earthquake, or takes it off the list that an earlier revision may have put it on. */
function listWrites(
  { table, earthquake, ttl }: EarthquakeWrite,
  list: ListName,
  listed: Mainshock | Aftershock | undefined,
): TransactWriteItem[] {
  if (listed) return [{ Put: { TableName: table, Item: listedItemOf(list, listed, ttl) } }];
  return earthquake.revision === 1 ? [] : [{ Delete: { TableName: table, Key: listedKey(list, earthquake.id) } }];
}

interface Condition {
  expression: string;
  values: Item;
}

const holdsStill = (count: number): Condition =>
  count === 0
    ? { expression: 'attribute_not_exists(#earthquakeIds)', values: {} }
    : { expression: 'size(#earthquakeIds) = :count', values: { ':count': number(count) } };

/** Adds the earthquake to the bucket of its origin time; adding it again changes nothing. */
function joinBucket({ table, earthquake, ttl }: EarthquakeWrite, condition?: Condition): TransactWriteItem {
  const update = 'ADD #earthquakeIds :id SET #timeToLive = :ttl';
  return {
    Update: {
      TableName: table,
      Key: bucketKey(bucketName(earthquake.preferred.hypocentre.originTimeMs)),
      UpdateExpression: update,
      ...(condition && { ConditionExpression: condition.expression }),
      ExpressionAttributeNames: namesIn(update, condition?.expression ?? ''),
      ExpressionAttributeValues: { ':id': { SS: [earthquake.id] }, ':ttl': number(ttl), ...condition?.values },
    },
  };
}

const namedCondition = ({ expression, values }: Condition) => ({
  ConditionExpression: expression,
  ExpressionAttributeNames: namesIn(expression),
  ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
});
