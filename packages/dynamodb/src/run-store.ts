import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { ChannelName, OpenRun, Run, RunKey, RunStore } from '@quakewire/core';
import { namesIn, runStateCodes } from './attribute-names.ts';
import { type Item, number, text, toAttributes } from './attribute-values.ts';
import { packCounts } from './codecs/counts.ts';
import { conditional } from './conditional-write.ts';
import { queryAll } from './query-all.ts';
import { type OnUnreadable, readAlone } from './read-alone.ts';
import { endOfRetention, retentionSeconds } from './retention.ts';
import {
  alertItemKey,
  alertItemOf,
  alertOf,
  boardOf,
  openItemKey,
  openItemOf,
  openListKey,
  openRunOf,
  progressItemKey,
  runItemKey,
  runItemOf,
  runOf,
  runPartitionKey,
  segmentItemKey,
} from './run-items.ts';

export interface RunStoreOptions {
  client: DynamoDBClient;
  table: string;
  /** Time of day for the end of retention only, milliseconds since the epoch. */
  nowMs: () => number;
  /** An entry of the open list that cannot be read fails alone; without this it fails the reading. */
  onUnreadable?: OnUnreadable;
}

/** Alerts, open list, runs, boards and progress in the dispatch table. */
export function createRunStore({ client, table, nowMs, onUnreadable }: RunStoreOptions): RunStore {
  const ttl = () => number(endOfRetention(nowMs(), retentionSeconds.dispatch));

  /** True when this call wrote the item. */
  async function putIfAbsent(item: Item): Promise<boolean> {
    const command = new PutItemCommand({
      TableName: table,
      Item: item,
      ConditionExpression: 'attribute_not_exists(sk)',
    });
    return (await conditional(client.send(command))).held;
  }

  /** True when the condition held. */
  async function set(key: Item, assignments: string, condition: string, values: Item): Promise<boolean> {
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

  async function get(key: Item): Promise<Item | undefined> {
    const { Item: item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return item;
  }

  async function listOpen(channel: ChannelName, strong: boolean): Promise<OpenRun[]> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'pk = :open',
      ExpressionAttributeValues: { ':open': text(openListKey(channel)) },
      ConsistentRead: strong,
    });
    return items.flatMap((item) => readAlone(item, openRunOf, onUnreadable) ?? []);
  }

  async function supersede(run: OpenRun, seq: number): Promise<void> {
    const condition = 'attribute_exists(sk) AND (attribute_not_exists(#supersededBySeq) OR #supersededBySeq < :seq)';
    await set(openItemKey(run), '#supersededBySeq = :seq', condition, { ':seq': number(seq) });
  }

  /** Undefined when there is no such run. */
  async function openNextGeneration(key: RunKey): Promise<Run | undefined> {
    const update = 'SET #state = :open ADD #runGeneration :one';
    const command = new UpdateItemCommand({
      TableName: table,
      Key: runItemKey(key),
      UpdateExpression: update,
      ConditionExpression: 'attribute_exists(sk)',
      ExpressionAttributeNames: namesIn(update),
      ExpressionAttributeValues: { ':open': text(runStateCodes.open), ':one': number(1) },
      ReturnValues: 'ALL_NEW',
    });
    const opened = await conditional(client.send(command));
    return opened.held && opened.answer.Attributes ? runOf(key, opened.answer.Attributes) : undefined;
  }

  /** Written by attribute, so that a mark of supersession stays. */
  async function listAgain(run: Run): Promise<void> {
    const { pk: _, sk: __, ...attributes } = openItemOf(run);
    const names = Object.keys(attributes);
    const command = new UpdateItemCommand({
      TableName: table,
      Key: openItemKey(run),
      UpdateExpression: `SET ${names.map((_name, at) => `#n${at} = :v${at}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#n${at}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name, at) => [`:v${at}`, attributes[name] as never])),
    });
    await client.send(command);
  }

  async function unlist(entry: OpenRun, generation: number): Promise<void> {
    const condition = 'attribute_not_exists(#runGeneration) OR #runGeneration <= :generation';
    const command = new DeleteItemCommand({
      TableName: table,
      Key: openItemKey(entry),
      ConditionExpression: condition,
      ExpressionAttributeNames: namesIn(condition),
      ExpressionAttributeValues: { ':generation': number(generation) },
    });
    await conditional(client.send(command));
  }

  return {
    putAlert: (alert) => putIfAbsent(alertItemOf(alert)),
    async readAlert(earthquakeId, seq) {
      const item = await get(alertItemKey(earthquakeId, seq));
      return item && alertOf(item);
    },
    async open(run) {
      await putIfAbsent(openItemOf(run));
      await putIfAbsent(runItemOf(run));
    },
    listOpen: (channel) => listOpen(channel, false),
    async supersede(key) {
      const open = await listOpen(key.channel, true);
      const earlier = open.filter((run) => run.earthquakeId === key.earthquakeId && run.seq < key.seq);
      await Promise.all(earlier.map((run) => supersede(run, key.seq)));
    },
    async read(key) {
      const item = await get(runItemKey(key));
      return item && runOf(key, item);
    },
    async readBoard(key) {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :run',
        ExpressionAttributeValues: { ':run': text(runPartitionKey(key)) },
      });
      return boardOf(items);
    },
    async markBegun(key, rank) {
      const values = { ':begun': text(runStateCodes.begun), ':ttl': ttl() };
      const condition = 'attribute_not_exists(#state)';
      await set(segmentItemKey(key, rank), '#state = :begun, #timeToLive = :ttl', condition, values);
    },
    async markTaken(key, rank) {
      const values = { ':begun': text(runStateCodes.begun), ':taken': text(runStateCodes.taken), ':ttl': ttl() };
      const condition = 'attribute_not_exists(#state) OR #state = :begun';
      await set(segmentItemKey(key, rank), '#state = :taken, #timeToLive = :ttl', condition, values);
    },
    async markDone(key, rank, counts) {
      const values = {
        ':done': text(runStateCodes.done),
        ':begun': text(runStateCodes.begun),
        ':taken': text(runStateCodes.taken),
        ':counts': text(packCounts(counts)),
        ':ttl': ttl(),
      };
      const condition = 'attribute_not_exists(#state) OR #state IN (:begun, :taken)';
      const assignments = '#state = :done, #counts = :counts, #timeToLive = :ttl';
      await set(segmentItemKey(key, rank), assignments, condition, values);
    },
    async putProgress(key, worker, counts) {
      const attributes = toAttributes({ counts: text(packCounts(counts)), timeToLive: ttl() });
      const item = { ...progressItemKey(key, worker), ...attributes };
      await client.send(new PutItemCommand({ TableName: table, Item: item }));
    },
    close: (run, counts) =>
      set(
        runItemKey(run),
        '#state = :closed, #counts = :counts',
        '#state = :open AND (attribute_not_exists(#runGeneration) OR #runGeneration = :generation)',
        {
          ':closed': text(runStateCodes.closed),
          ':open': text(runStateCodes.open),
          ':counts': text(packCounts(counts)),
          ':generation': number(run.generation),
        },
      ),
    async reopen(key) {
      const run = await openNextGeneration(key);
      if (run) await listAgain(run);
      return run !== undefined;
    },
    async removeOpen(run) {
      const listed = (await listOpen(run.channel, true)).filter((entry) => isSameRun(entry, run));
      await Promise.all(listed.map((entry) => unlist(entry, run.generation)));
    },
  };
}

const isSameRun = (a: RunKey, b: RunKey): boolean =>
  a.earthquakeId === b.earthquakeId && a.seq === b.seq && a.channel === b.channel;
