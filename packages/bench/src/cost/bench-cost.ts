import { parseArgs } from 'node:util';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Alert } from '@quakewire/core';
import { createEndpointPlaces, createEndpointWriter, createSegmentMapStore } from '@quakewire/dynamodb';
import { publishMap } from '@quakewire/segmenter/publish-map';
import { anAlert, aSizing } from '@quakewire/testing';
import { compareBaselines } from './baselines/compare-baselines.ts';
import { startCostTables, tableNames } from './cost-tables.ts';
import { formatCost } from './format-cost.ts';
import { sendMeteredAlert } from './metered-alert.ts';
import { seedTowns } from './seed-towns.ts';

const ratePerSecond = 2_000;
/** Twenty slots, and half as many again wake-ups, each on a partition of its own. */
const partitions = 30;
const progressEvery = 20_000;
const sizing = aSizing({ activePartitions: partitions, providerRatePerSecond: ratePerSecond });

/**
 * Prints what one alert by SMS costs in table units and Kafka records a notification, beside the earlier designs. True
 * when that is within the targets and everybody was told.
 * @throws for an option that it does not know or cannot use.
 */
export async function benchCost(options: readonly string[]): Promise<boolean> {
  const endpoints = endpointsOf(options);
  const tables = await startCostTables(sizing);
  try {
    await prepare(endpoints, tables.connect);
    const alert = await sendMeteredAlert(alertAt, partitions, tables.connect, sayEvery(endpoints, 'sent'));
    const { text, isKept } = formatCost(alert, endpoints);
    console.log(text);
    const say = (what: string) => sayEvery(endpoints, what);
    return (await compareBaselines(alert, endpoints, ratePerSecond, alertAt, tables.connect, say)) && isKept;
  } finally {
    await tables.stop();
  }
}

function endpointsOf(options: readonly string[]): number {
  const { values } = parseArgs({ args: [...options], options: { endpoints: { type: 'string', default: '100000' } } });
  const endpoints = Number(values.endpoints);
  if (Number.isInteger(endpoints) && endpoints >= 1 && endpoints <= 1_000_000) return endpoints;
  throw new Error(`--endpoints ${values.endpoints}: a whole number from 1 to 1,000,000 is needed`);
}

async function prepare(endpoints: number, connect: () => DynamoDBClient): Promise<void> {
  const client = connect();
  const { endpoints: table, map } = tableNames;
  try {
    const writer = createEndpointWriter({ client, table });
    await seedTowns(endpoints, anAlert().hypocentre, writer, sayEvery(endpoints, 'seeded'));
    const places = createEndpointPlaces({ client, table });
    const maps = createSegmentMapStore({ client, table: map, nowMs: Date.now });
    const { segments, pages } = await publishMap('sms', sizing, { places, maps });
    console.error(`  map of ${segments} segments and ${pages} pages`);
  } finally {
    client.destroy();
  }
}

function alertAt(nowMs: number): Alert {
  const { hypocentre } = anAlert();
  const originTimeMs = nowMs - 60_000;
  return anAlert({
    hypocentre: { ...hypocentre, originTimeMs },
    receivedAtMs: nowMs,
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + 3_600_000,
  });
}

const sayEvery = (total: number, what: string) => {
  let said = 0;
  return (done: number): void => {
    if (done < total && done < said + progressEvery) return;
    said = done;
    console.error(`  ${what} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`);
  };
};
