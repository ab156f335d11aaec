import { randomUUID } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type ChannelName, type SegmentMap, SegmentMapGone, type SegmentMapStore } from '@quakewire/core';
import { namesIn } from './attribute-names.ts';
import { type Item, number, reader, text, toAttributes } from './attribute-values.ts';
import { batchWrite } from './batch-write.ts';
import { conditional } from './conditional-write.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import { queryAll } from './query-all.ts';
import { endOfRetention, retentionSeconds } from './retention.ts';
import { currentMapKey, headItemKey, mapOf, mapPartitionKey, segmentItemOf } from './segment-map-items.ts';

export interface SegmentMapStoreOptions {
  client: DynamoDBClient;
  table: string;
  /** Time of day for reservations and the end of retention, milliseconds since the epoch. */
  nowMs: () => number;
}

const updatesAtOnce = 8;
/** A publication that reserved its version longer ago than this is dead: no function runs for longer than 15 minutes. */
const reservationMs = 16 * 60_000;

/** Segment maps: immutable versions and a pointer to the current one. */
export function createSegmentMapStore({ client, table, nowMs }: SegmentMapStoreOptions): SegmentMapStore {
  const itemsOf = (channel: ChannelName, version: number, strong: boolean): Promise<Item[]> =>
    queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'pk = :version',
      ExpressionAttributeValues: { ':version': text(mapPartitionKey(channel, version)) },
      ConsistentRead: strong,
    });

  /** True when the condition held. */
  async function update(key: Item, assignments: string, condition: string, values: Item): Promise<boolean> {
    const command = new UpdateItemCommand({
      TableName: table,
      Key: key,
      UpdateExpression: `SET ${assignments}`,
      ConditionExpression: condition,
      ExpressionAttributeNames: namesIn(assignments, condition),
      ExpressionAttributeValues: values,
    });
    return (await conditional(client.send(command))).held;
  }

  async function currentVersion(channel: ChannelName): Promise<number | undefined> {
    const command = new GetItemCommand({ TableName: table, Key: currentMapKey(channel), ConsistentRead: true });
    const { Item: item } = await client.send(command);
    return item && reader(item).number('currentVersion');
  }

  /** Two that publish at once must never mix their segments in one version. */
  async function reserve({ channel, version }: SegmentMap, publication: string): Promise<boolean> {
    const condition = 'attribute_not_exists(sk) OR #reservedAtMs < :dead';
    const command = new PutItemCommand({
      TableName: table,
      Item: {
        ...headItemKey(channel, version),
        ...toAttributes({ publication: text(publication), reservedAtMs: number(nowMs()) }),
      },
      ConditionExpression: condition,
      ExpressionAttributeNames: namesIn(condition),
      ExpressionAttributeValues: { ':dead': number(nowMs() - reservationMs) },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const reserved = await conditional(client.send(command));
    return (
      reserved.held || (reserved.found !== undefined && reader(reserved.found).text('publication') === publication)
    );
  }

  const complete = ({ channel, version, segments }: SegmentMap, publication: string): Promise<boolean> =>
    update(headItemKey(channel, version), '#segmentCount = :count', '#publication = :me', {
      ':count': number(segments.length),
      ':me': text(publication),
    });

  /** Moves the pointer from `version - 1` to `version`; a repeated move is one. */
  const moveCurrent = ({ channel, version }: SegmentMap): Promise<boolean> =>
    update(
      currentMapKey(channel),
      '#currentVersion = :version',
      'attribute_not_exists(sk) OR #currentVersion = :previous OR #currentVersion = :version',
      { ':version': number(version), ':previous': number(version - 1) },
    );

  /** Lets a replaced version end some days from now: runs that pin it are over by then. */
  async function endVersion(channel: ChannelName, version: number): Promise<void> {
    const values = { ':ttl': number(endOfRetention(nowMs(), retentionSeconds.supersededMap)) };
    await forEachAtOnce(updatesAtOnce, await itemsOf(channel, version, false), async ({ pk, sk }) => {
      await update({ pk, sk } as Item, '#timeToLive = :ttl', 'attribute_exists(sk)', values);
    });
  }

  return {
    currentVersion,
    async read(channel, version) {
      const map = mapOf(channel, version, await itemsOf(channel, version, false));
      const found = map ?? mapOf(channel, version, await itemsOf(channel, version, true));
      if (!found) throw new SegmentMapGone(channel, version);
      return found;
    },
    async publish(map) {
      const { channel, version, segments } = map;
      const refuse = (reason: string) => new Error(`segment map ${channel} version ${version} refused: ${reason}`);
      const next = ((await currentVersion(channel)) ?? 0) + 1;
      if (version !== next) throw refuse(`the next version is ${next}`);
      const publication = randomUUID();
      if (!(await reserve(map, publication))) throw refuse('another publication of it is under way');
      const items = segments.map((segment) => segmentItemOf(map, publication, segment));
      await batchWrite(client, table, items);
      const isPublished = (await complete(map, publication)) && (await moveCurrent(map));
      if (!isPublished) throw refuse('another was published meanwhile');
      if (version > 1) await endVersion(channel, version - 1);
    },
  };
}
