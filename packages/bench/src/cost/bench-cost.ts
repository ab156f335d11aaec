import { parseArgs } from 'node:util';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Alert, type ChannelName, channelNameSchema, type SizingInForce } from '@quakewire/core';
import { createEndpointPlaces, createEndpointWriter, createSegmentMapStore } from '@quakewire/dynamodb';
import { publishMap } from '@quakewire/segmenter/publish-map';
import { anAlert, aSizing } from '@quakewire/testing';
import { compareBaselines } from './baselines/compare-baselines.ts';
import { channelShapes } from './channel-shapes.ts';
import { startCostTables, tableNames } from './cost-tables.ts';
import { formatCost } from './format-cost.ts';
import { sendMeteredAlert } from './metered-alert.ts';
import { seedTowns } from './seed-towns.ts';

const progressEvery = 20_000;

/**
 * Prints what one alert on one channel costs in table units and Kafka records a notification, by SMS beside the
 * earlier designs. True when that is within the targets and everybody was told.
 * @throws for an option that it does not know or cannot use.
 */
export async function benchCost(options: readonly string[]): Promise<boolean> {
  const { channel, endpoints } = parseOptions(options);
  const { ratePerSecond, partitions } = channelShapes[channel];
  const sizing = aSizing({ activePartitions: partitions, providerRatePerSecond: ratePerSecond });
  const tables = await startCostTables(sizing);
  try {
    await prepare(channel, endpoints, sizing, tables.connect);
    const alert = await sendMeteredAlert(channel, alertAt, tables.connect, sayEvery(endpoints, 'sent'));
    const { text, isKept } = formatCost(alert, endpoints);
    console.log(`${channel}, ${ratePerSecond} a second: ${text}`);
    if (channel !== 'sms') return isKept;
    const say = (what: string) => sayEvery(endpoints, what);
    return (await compareBaselines(alert, endpoints, ratePerSecond, alertAt, tables.connect, say)) && isKept;
  } finally {
    await tables.stop();
  }
}

function parseOptions(args: readonly string[]): { channel: ChannelName; endpoints: number } {
  const { values } = parseArgs({
    args: [...args],
    options: { endpoints: { type: 'string', default: '100000' }, channel: { type: 'string', default: 'sms' } },
  });
  const channel = channelNameSchema.safeParse(values.channel);
  if (!channel.success)
    throw new Error(`--channel ${values.channel}: one of ${channelNameSchema.options.join(', ')} is needed`);
  const endpoints = Number(values.endpoints);
  if (Number.isInteger(endpoints) && endpoints >= 1 && endpoints <= 1_000_000)
    return { channel: channel.data, endpoints };
  throw new Error(`--endpoints ${values.endpoints}: a whole number from 1 to 1,000,000 is needed`);
}

async function prepare(
  channel: ChannelName,
  endpoints: number,
  sizing: SizingInForce,
  connect: () => DynamoDBClient,
): Promise<void> {
  const client = connect();
  const { endpoints: table, map } = tableNames;
  try {
    const writer = createEndpointWriter({ client, table });
    await seedTowns(channel, endpoints, anAlert().hypocentre, writer, sayEvery(endpoints, 'seeded'));
    const places = createEndpointPlaces({ client, table });
    const maps = createSegmentMapStore({ client, table: map, nowMs: Date.now });
    const { segments, pages } = await publishMap(channel, sizing, { places, maps });
    console.error(`  map of ${segments} segments and ${pages} pages`);
  } finally {
    client.destroy();
  }
}

function alertAt(nowMs: number): Alert {
  const { hypocentre } = anAlert();
  const originTimeMs = nowMs - 60_000;
  return anAlert({
    // As long as real ones: it is part of every key.
    earthquakeId: '20250423T094910-us7000pufs',
    hypocentre: { ...hypocentre, originTimeMs },
    receivedAtMs: nowMs,
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + 7_200_000,
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
