import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { channelNames, type Earthquake } from '@quakewire/core';
import { createEarthquakeStore, createRunStore } from '@quakewire/dynamodb';
import type { Producer } from 'kafkajs';
import { cpuMsOf } from '../process-cpu.ts';
import { startEmscStandIn } from './emsc-stand-in.ts';
import { type Leader, startLeader } from './start-leader.ts';

const targetP99Ms = 100;
const targetOwnMs = 20;
/** Whoever is not dispatched by then is a failure, not a slow alert. */
const giveUpMs = 10_000;
const idleMs = 10_000;
/** Far enough apart to be earthquakes of their own. */
const latitudesApart = 2;

/**
 * Prints how long each of many alerts took from the report's last byte at the producer to Kafka's acknowledgement of every
 * wake-up on every channel, beside the same records by Kafka's client alone, and what processor time an alert costs the
 * producer. True when the 99th percentile is below 100 ms and the producer's own part below 20 ms.
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
      const idle = await cpuWhile(leader, () => delay(idleMs));
      const times: number[] = [];
      const busy = await cpuWhile(leader, async () => {
        for (let count = 0; count < alerts; count++) times.push(await timeAlert(count, emsc.report, leader));
      });
      const bare: number[] = [];
      for (let count = 0; count < alerts; count++) bare.push(await timeBare(leader.kafka));
      const ownMs = (busy.cpuMs - (idle.cpuMs * busy.wallMs) / idle.wallMs) / alerts;
      return say(times, bare, ownMs);
    } finally {
      await leader.stop();
    }
  } finally {
    emsc.stop();
  }
}

function say(times: readonly number[], bare: readonly number[], ownMs: number): boolean {
  const line = (what: string, all: readonly number[]): string => {
    const at = (share: number) => percentile(all, share).toFixed(0).padStart(4);
    return `${what}p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, slowest ${at(1)} ms`;
  };
  console.log(`${times.length} alerts on ${channelNames.length} channels, from the report's last byte`);
  console.log(line('  to the last acknowledgement:       ', times), `(p99 target: below ${targetP99Ms} ms)`);
  console.log(line("  the same records by Kafka's client:", bare));
  console.log(
    `  processor time of the producer:     ${ownMs.toFixed(1)} ms an alert (target: below ${targetOwnMs} ms)`,
  );
  return percentile(times, 0.99) < targetP99Ms && ownMs < targetOwnMs;
}

const percentile = (all: readonly number[], share: number): number =>
  all.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * all.length) - 1)] ?? Number.NaN;

async function cpuWhile({ pid }: Leader, work: () => Promise<unknown>): Promise<{ cpuMs: number; wallMs: number }> {
  const [cpuBefore, wallBefore] = [cpuMsOf(pid), performance.now()];
  await work();
  return { cpuMs: cpuMsOf(pid) - cpuBefore, wallMs: performance.now() - wallBefore };
}

async function timeAlert(
  count: number,
  report: (id: string, originTimeMs: number, latitude: number) => void,
  { client }: Leader,
): Promise<number> {
  const originTimeMs = Date.now() - 30_000;
  const id = `bench_${count}`;
  report(id, originTimeMs, ((count * latitudesApart) % 120) - 60);
  const earthquake = await dispatched(id, originTimeMs, client);
  const { receivedAtMs, acknowledgedAtMs } = earthquake.lastDispatch as NonNullable<Earthquake['lastDispatch']>;
  // Nobody works here: left open, the leader would call for workers again and again.
  const runs = createRunStore({ client, table: 'dispatch', nowMs: Date.now });
  for (const channel of channelNames)
    await runs.removeOpen({ earthquakeId: earthquake.id, seq: 1, channel, generation: 0 });
  return Math.max(...Object.values(acknowledgedAtMs)) - receivedAtMs;
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
