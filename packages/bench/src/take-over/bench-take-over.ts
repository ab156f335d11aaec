import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient, createLeaderLease } from '@quakewire/dynamodb';
import { startTableServer } from '@quakewire/local-stack';
import { bundleLambda } from '../../../../scripts/build/bundle-lambda.ts';
import { startAwsStandIn } from '../init/aws-stand-in.ts';
import { functionEnvironment } from '../init/function-environment.ts';
import { type ProducerProcess, startProducer } from '../producer/producer-process.ts';
import { createProducerTables } from '../producer/producer-tables.ts';

const rounds = 20;
const targetSeconds = 10;
/** A new start becomes the standby within this, or it was not needed. */
const settleMs = 30_000;

/** Kills the leader with -9, again and again, and times how long nobody leads. True when each time is below 10 s. */
export async function benchTakeOver(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'quakewire-bench-'));
  const [tables, aws] = await Promise.all([startTableServer({ name: 'bench-take-over' }), startAwsStandIn()]);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = createDynamoDbClient({ endpoint: tables.url, region: 'eu-central-1', credentials });
  const producers: ProducerProcess[] = [];
  try {
    const bundle = join(folder, 'producer.mjs');
    const { code } = await bundleLambda('packages/producer/src/index.ts', resolve(import.meta.dirname, '../../../..'));
    writeFileSync(bundle, code);
    await createProducerTables(client);
    const environment = { ...functionEnvironment('producer', aws.url), AWS_ENDPOINT_URL_DYNAMODB: tables.url };
    const start = () => producers.push(startProducer(bundle, environment));
    return await killLeaders(client, producers, start);
  } finally {
    for (const producer of producers) producer.kill();
    client.destroy();
    aws.stop();
    await tables.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function killLeaders(client: DynamoDBClient, producers: ProducerProcess[], start: () => void): Promise<boolean> {
  const leader = createLeaderLease({ client, table: 'dispatch' });
  const standby = createLeaderLease({ client, table: 'dispatch', role: 'standby' });
  const ownerOf = async (lease: typeof leader) => (await lease.read())?.owner;
  const times: number[] = [];
  start();
  let leading = await until(async () => ownerOf(leader));
  for (let round = 1; round <= rounds; round++) {
    start();
    const next = await until(async () => differentFrom(leading, await ownerOf(standby)));
    const killedAtMs = performance.now();
    producers.find(({ owner }) => owner === leading)?.kill();
    leading = await until(async () => differentFrom(leading, await ownerOf(leader)));
    const seconds = (performance.now() - killedAtMs) / 1000;
    times.push(seconds);
    console.log(`round ${String(round).padStart(2)}: ${leading} leads ${seconds.toFixed(1)} s after the kill`);
    if (leading !== next) console.log(`  (it was not ${next}, the standby)`);
  }
  console.log(`slowest of ${rounds}: ${Math.max(...times).toFixed(1)} s (target: below ${targetSeconds} s)`);
  return times.every((seconds) => seconds < targetSeconds);
}

const differentFrom = (before: string, owner: string | undefined): string | undefined =>
  owner === before ? undefined : owner;

async function until(ask: () => Promise<string | undefined>): Promise<string> {
  const began = performance.now();
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() - began > settleMs) throw new Error('nobody took the lease within 30 s');
    await delay(50);
  }
}
