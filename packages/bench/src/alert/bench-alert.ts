import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { channelNames, type Earthquake } from '@quakewire/core';
import { createEarthquakeStore, createRunStore } from '@quakewire/dynamodb';
import type { Producer } from 'kafkajs';
import { bucketKey, bucketName, listedKey } from '../../../dynamodb/src/earthquake-items.ts';
import { emscFrame, startEmscStandIn } from './emsc-stand-in.ts';
import { type Leader, partitions, segments, startLeader } from './start-leader.ts';
import { timeOwnPart } from './time-own-part.ts';

const targetP99Ms = 100;
const targetOwnMs = 20;
/** Whoever is not dispatched by then is a failure, not a slow alert. */
const giveUpMs = 10_000;
/** Nothing is asked before: it would stand in the way of what is measured. */
const settleMs = 400;
/** From 60° S to 60° N, 2° apart. */
const placesInRow = 60;

/**
 * Prints how long each of many alerts took from the report's last byte at the producer to Kafka's acknowledgement of every
 * wake-up of the first channel and of all, beside the product's own part of it, and the same records by Kafka's client alone.
 * True when the 99th percentile of the first is below 100 ms and that of the own part below 20 ms.
 * @throws for an option that it does not know or cannot use.
 */
export async function benchAlert(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...args], options: { alerts: { type: 'string', default: '200' } } });
  const alerts = Number(values.alerts);
  if (!Number.isInteger(alerts) || alerts < 1 || alerts > 10_000)
    throw new Error(`--alerts ${values.alerts}: a whole number from 1 to 10,000 is needed`);
  const emsc = await startEmscStandIn();
  try {
    const leader = await startLeader(emsc);
    try {
      const [times, bare]: [AlertTimes[], number[]] = [[], []];
      for (let count = 0; count < alerts; count++) {
        times.push(await timeAlert(count, emsc.send, leader));
        bare.push(await timeBare(leader.kafka));
      }
      const frames = Array.from({ length: alerts }, (_, count) => frameOf(count, Date.now() - 30_000));
      return say(times, bare, await timeOwnPart(frames, partitions, segments));
    } finally {
      await leader.stop();
    }
  } finally {
    emsc.stop();
  }
}

/** Milliseconds from the report's last byte until Kafka had acknowledged the first channel's wake-ups, and all. */
interface AlertTimes {
  firstMs: number;
  lastMs: number;
}

function say(times: readonly AlertTimes[], bare: readonly number[], own: readonly number[]): boolean {
  const line = (what: string, all: readonly number[]): string => {
    const at = (share: number) => percentile(all, share).toFixed(1).padStart(6);
    return `${what}p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, slowest ${at(1)} ms`;
  };
  console.log(`${times.length} alerts on ${channelNames.length} channels, from the report's last byte`);
  const first = times.map(({ firstMs }) => firstMs);
  const last = times.map(({ lastMs }) => lastMs);
  console.log(`${line("  to the first channel's records:    ", first)} (p99 target: below ${targetP99Ms} ms)`);
  console.log(line("  to the last channel's records:     ", last));
  console.log(`${line('  our own part, on stores in memory: ', own)} (p99 target: below ${targetOwnMs} ms)`);
  console.log(line("  the same records by Kafka's client:", bare));
  return percentile(first, 0.99) < targetP99Ms && percentile(own, 0.99) < targetOwnMs;
}

const percentile = (all: readonly number[], share: number): number =>
  all.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * all.length) - 1)] ?? Number.NaN;

/** Each at a place of its own. */
function frameOf(count: number, originTimeMs: number): string {
  const row = Math.floor(count / placesInRow);
  const place = { latitude: 2 * (count % placesInRow) - placesInRow, longitude: ((4 * row) % 360) - 180 };
  return emscFrame(`bench_${count}`, originTimeMs, place);
}

async function timeAlert(count: number, send: (frame: string) => void, { client }: Leader): Promise<AlertTimes> {
  const originTimeMs = Date.now() - 30_000;
  send(frameOf(count, originTimeMs));
  await delay(settleMs);
  const earthquake = await dispatched(`bench_${count}`, originTimeMs, client);
  const { receivedAtMs, acknowledgedAtMs } = earthquake.lastDispatch as NonNullable<Earthquake['lastDispatch']>;
  // Nobody works here: left open, the leader would call for workers again and again.
  const runs = createRunStore({ client, table: 'dispatch', nowMs: Date.now });
  for (const channel of channelNames)
    await runs.removeOpen({ earthquakeId: earthquake.id, seq: 1, channel, generation: 0 });
  // Nor do hundreds of earthquakes happen within ten minutes, all of which each bulletin would be compared with.
  for (const Key of [bucketKey(bucketName(originTimeMs)), listedKey('mainshocks', earthquake.id)])
    await client.send(new DeleteItemCommand({ TableName: 'earthquakes', Key }));
  const acknowledged = Object.values(acknowledgedAtMs).map((timeMs) => timeMs - receivedAtMs);
  return { firstMs: Math.min(...acknowledged), lastMs: Math.max(...acknowledged) };
}

async function dispatched(id: string, originTimeMs: number, client: Leader['client']): Promise<Earthquake> {
  const store = createEarthquakeStore({ client, table: 'earthquakes', nowMs: Date.now });
  for (const beganMs = performance.now(); performance.now() - beganMs < giveUpMs; await delay(100)) {
    const { earthquakes } = await store.lookAround(originTimeMs, []);
    const found = earthquakes.find(
      ({ bulletins, lastDispatch }) => bulletins.some((one) => one.id === id) && lastDispatch,
    );
    if (found) return found;
  }
  throw new Error(`${id} was not dispatched within ${giveUpMs / 1000} s`);
}

/** As many records of about the same size, to all topics side by side. */
async function timeBare(kafka: Producer): Promise<number> {
  const beganMs = performance.now();
  const value = JSON.stringify({ schema: 1, type: 'heartbeat', padding: 'x'.repeat(100) });
  await Promise.all(
    channelNames.map((channel) =>
      kafka.send({
        topic: `dispatch.${channel}`,
        acks: -1,
        messages: Array.from({ length: 20 }, (_, partition) => ({ partition, value })),
      }),
    ),
  );
  return performance.now() - beganMs;
}
