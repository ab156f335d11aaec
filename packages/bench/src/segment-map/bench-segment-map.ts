import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createEndpointPlaces, createEndpointWriter } from '@quakewire/dynamodb';
import { anAlert, aSizing } from '@quakewire/testing';
import { bundleLambda } from '../../../../scripts/build/bundle-lambda.ts';
import { type CostTables, startCostTables, tableNames } from '../cost/cost-tables.ts';
import { seedTowns } from '../cost/seed-towns.ts';
import { type Rebuilt, rebuildMap } from './rebuild-process.ts';
import { startRecordingProxy } from './recording-proxy.ts';

const targetSeconds = 15;
const targetMb = 256;
const sayEvery = 100_000;
/** What `decide` gives a million endpoints on a channel of 10,000 messages a second. */
const sizing = aSizing({ activePartitions: 70, segmentEndpoints: 400, providerRatePerSecond: 10_000 });

/**
 * Rebuilds the segment map of one channel by the segmenter's own bundle: on the local table server, beside the reading of the
 * same rows alone, which on this server takes nearly all of the time; and with the same answers from memory, which leaves the
 * segmenter's own part. True when that is there within 15 s and 256 MB.
 * @throws for an option that it does not know or cannot use.
 */
export async function benchSegmentMap(options: readonly string[]): Promise<boolean> {
  const endpoints = endpointsOf(options);
  const folder = mkdtempSync(join(tmpdir(), 'quakewire-bench-'));
  const tables = await startCostTables(sizing);
  try {
    await seed(endpoints, tables);
    const bundle = join(folder, 'segmenter.mjs');
    const { code } = await bundleLambda('packages/segmenter/src/index.ts', resolve(import.meta.dirname, '../../../..'));
    writeFileSync(bundle, code);
    const onTables = await rebuildMap(bundle, environmentOf(tables.url));
    const readSeconds = await readAll(tables);
    const ready = await startRecordingProxy(tables.url);
    try {
      await rebuildMap(bundle, environmentOf(ready.url));
      const again = await rebuildMap(bundle, environmentOf(ready.url));
      console.log(report(endpoints, readSeconds, onTables, again));
      const isWhole = [onTables, again].every(({ maps }) => maps[0]?.endpoints === endpoints);
      return isWhole && again.seconds < targetSeconds && onTables.peakMb < targetMb && again.peakMb < targetMb;
    } finally {
      ready.stop();
    }
  } finally {
    await tables.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function endpointsOf(options: readonly string[]): number {
  const { values } = parseArgs({ args: [...options], options: { endpoints: { type: 'string', default: '1000000' } } });
  const endpoints = Number(values.endpoints);
  if (Number.isInteger(endpoints) && endpoints >= 1 && endpoints <= 10_000_000) return endpoints;
  throw new Error(`--endpoints ${values.endpoints}: a whole number from 1 to 10,000,000 is needed`);
}

async function seed(endpoints: number, { connect }: CostTables): Promise<void> {
  const client = connect();
  let saidAt = 0;
  try {
    const writer = createEndpointWriter({ client, table: tableNames.endpoints });
    await seedTowns('sms', endpoints, anAlert().hypocentre, writer, (written) => {
      if (written < endpoints && written < saidAt + sayEvery) return;
      saidAt = written;
      console.error(`  seeded ${written.toLocaleString('en')} of ${endpoints.toLocaleString('en')}`);
    });
  } finally {
    client.destroy();
  }
}

/** The baseline: what any reader of all rows waits for, one cell after the other. */
async function readAll({ connect }: CostTables): Promise<number> {
  const client = connect();
  const startedMs = performance.now();
  try {
    const places = createEndpointPlaces({ client, table: tableNames.endpoints });
    for (const { cell } of await places.listCells('sms')) {
      for await (const _batch of places.readPlaces('sms', cell));
    }
    return (performance.now() - startedMs) / 1000;
  } finally {
    client.destroy();
  }
}

const environmentOf = (tablesUrl: string): Record<string, string> => ({
  ...{ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
  ...{ AWS_ENDPOINT_URL: tablesUrl, QUAKEWIRE_ENVIRONMENT: 'bench', LOG_LEVEL: 'error', CHANNELS: 'sms' },
  ...{ ENDPOINTS_TABLE: tableNames.endpoints, MAP_TABLE: tableNames.map, DISPATCH_TABLE: tableNames.dispatch },
});

function report(endpoints: number, readSeconds: number, onTables: Rebuilt, again: Rebuilt): string {
  const [map] = onTables.maps;
  const line = (what: string, { seconds, peakMb }: Rebuilt) =>
    `${what}${seconds.toFixed(1)} s, ${Math.round(peakMb)} MB at most`;
  return [
    `${endpoints.toLocaleString('en')} endpoints, ${map?.segments} segments, ${map?.pages} pages`,
    `${line('  tables that answer at once:        ', again)} (target: below ${targetSeconds} s and ${targetMb} MB)`,
    line('  the local table server:            ', onTables),
    `  of that, its reading of the rows:   ${readSeconds.toFixed(1)} s`,
  ].join('\n');
}
