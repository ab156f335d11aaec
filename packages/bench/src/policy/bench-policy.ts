import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type AlertPolicy, type Bulletin, receiveBulletin, startingPolicy, wholeEarth } from '@quakewire/core';
import { createInMemoryEarthquakeStore } from '@quakewire/testing';
import { parseUsgsAnswer } from '../../../producer/src/sources/usgs-answer.ts';
import { recordedAnswer, reportsAnAnswer } from './recorded-answers.ts';

const rounds = 5;
const answersARound = 1_000;
/** The store forgets, as the table does by its retention. */
const answersKept = 100;
const leastReportsASecond = 20_000;
const largestGrowthBytes = 16 * 1024 * 1024;

const policy: AlertPolicy = startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } });
const nothing = (): void => undefined;
const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Reports a second through parse, association and policy on one core, and how much memory stays behind. The stores are
 * in memory and nothing is sent: the product's own part alone.
 */
export async function benchPolicy(): Promise<boolean> {
  await round(0);
  const heapBefore = heapBytes();
  const rates: number[] = [];
  for (let number = 1; number <= rounds; number++) {
    const { rate, alerts } = await round(number);
    rates.push(rate);
    console.log(`round ${number}: ${Math.round(rate)} reports/s, ${alerts} alerts`);
  }
  const rate = rates.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  const growthBytes = heapBytes() - heapBefore;
  console.log(`median ${Math.round(rate)} reports/s on one core (at least ${leastReportsASecond})`);
  console.log(
    `memory kept after ${rounds * answersARound * reportsAnAnswer} reports: ${megabytes(growthBytes)} MB more`,
  );
  return rate >= leastReportsASecond && growthBytes <= largestGrowthBytes;
}

async function round(number: number): Promise<{ rate: number; alerts: number }> {
  const answers = Array.from({ length: answersARound }, (_, index) => recordedAnswer(number * answersARound + index));
  const startedAt = performance.now();
  let alerts = 0;
  for (let from = 0; from < answers.length; from += answersKept)
    alerts += await receiveAll(answers.slice(from, from + answersKept));
  const seconds = (performance.now() - startedAt) / 1000;
  return { rate: (answersARound * reportsAnAnswer) / seconds, alerts };
}

async function receiveAll(answers: readonly string[]): Promise<number> {
  const earthquakes = createInMemoryEarthquakeStore();
  let alerts = 0;
  for (const answer of answers) {
    for (const event of parseUsgsAnswer(answer)) {
      if (!('bulletin' in event)) continue;
      const bulletin: Bulletin = { ...event.bulletin, receivedAtMs: event.bulletin.version };
      const received = await receiveBulletin(bulletin, {
        ...{ earthquakes, policy, logger },
        storeNow: () => bulletin.receivedAtMs,
        limitSpending: async (alert) => alert,
        dispatch: async () => [],
      });
      if ('alert' in received) alerts++;
    }
  }
  return alerts;
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
