import {
  archiveContract,
  budgetStoreContract,
  earthquakeStoreContract,
  endpointCountsContract,
  endpointsContract,
  leaderLeaseContract,
  ledgerContract,
  originTimeMs,
  policyStoreContract,
  replayGuardContract,
  requestStoreContract,
  runStoreContract,
  scalerFlagsContract,
  segmentMapStoreContract,
  sendMeasurementsContract,
  sizingStoreContract,
} from '@quakewire/testing';
import { createArchive } from '../src/archive.ts';
import { createBudgetStore } from '../src/budget-store.ts';
import { createEarthquakeStore } from '../src/earthquake-store.ts';
import { createEndpointCountStore } from '../src/endpoints/endpoint-count-store.ts';
import { createEndpointDirectory } from '../src/endpoints/endpoint-directory.ts';
import { createEndpointPlaces } from '../src/endpoints/endpoint-places.ts';
import { createEndpointWriter } from '../src/endpoints/endpoint-writer.ts';
import { createLeaderLease } from '../src/leader-lease.ts';
import { createLedger } from '../src/ledger.ts';
import { createPolicyStore } from '../src/policy-store.ts';
import { createReplayGuard } from '../src/replay-guard.ts';
import { createRequestStore } from '../src/request-store.ts';
import { createRunStore } from '../src/run-store.ts';
import { createScalerFlags } from '../src/scaler-flags.ts';
import { createSegmentMapStore } from '../src/segment-map-store.ts';
import { createSendMeasurements } from '../src/send-measurements.ts';
import { createSizingStore } from '../src/sizing-store.ts';
import { installationMs, startTables, stopMs, type Tables } from './start-tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables('stores');
}, installationMs);
afterAll(() => tables?.stop(), stopMs);

const nowMs = () => originTimeMs;
/** What every store needs, on a new empty table. */
const onNewTable = async () => ({ client: tables.client, table: await tables.createTable(), nowMs });

ledgerContract('the ledger in DynamoDB', async () => createLedger(await onNewTable()));
runStoreContract('the run store in DynamoDB', async () => createRunStore(await onNewTable()));
segmentMapStoreContract('the segment map store in DynamoDB', async () => createSegmentMapStore(await onNewTable()));
leaderLeaseContract('the leader lease in DynamoDB', async () => createLeaderLease(await onNewTable()));
replayGuardContract('the replay guard in DynamoDB', async () => createReplayGuard(await onNewTable()));
earthquakeStoreContract('the earthquake store in DynamoDB', async () => createEarthquakeStore(await onNewTable()));
requestStoreContract('the request store in DynamoDB', async () => createRequestStore(await onNewTable()));
policyStoreContract('the policy store in DynamoDB', async () => {
  const { client, table } = await onNewTable();
  const spoil = async (version: number, document: unknown) => {
    const sk = String(version).padStart(9, '0');
    await tables.put(table, { pk: { S: 'POLICY' }, sk: { S: sk }, doc: { S: JSON.stringify(document) } });
  };
  return { store: createPolicyStore({ client, table }), spoil };
});
budgetStoreContract('the budget store in DynamoDB', async () => {
  const options = await onNewTable();
  return { runs: createRunStore(options), budgets: createBudgetStore(options) };
});
sizingStoreContract('the sizing store in DynamoDB', async () => {
  const { client, table } = await onNewTable();
  const write = async (control: unknown) => {
    await tables.put(table, { pk: { S: 'sizing' }, sk: { S: 'inForce' }, control: { S: JSON.stringify(control) } });
  };
  return { store: createSizingStore({ client, table }), write };
});
scalerFlagsContract("the scaler's flags in DynamoDB", async (now) =>
  createScalerFlags({ ...(await onNewTable()), nowMs: now }),
);
sendMeasurementsContract('the send measurements in DynamoDB', async () => createSendMeasurements(await onNewTable()));
endpointCountsContract('the endpoint counts in DynamoDB', async () => createEndpointCountStore(await onNewTable()));
endpointsContract('endpoints in DynamoDB', async () => {
  const options = await onNewTable();
  const spoil = async (channel: string, cell: string, sortKey: string) => {
    await tables.put(options.table, { pk: { S: `${channel}#${cell}` }, sk: { S: sortKey }, at: { S: 'not bytes' } });
  };
  return {
    directory: createEndpointDirectory(options),
    writer: createEndpointWriter(options),
    places: createEndpointPlaces(options),
    spoil,
  };
});
archiveContract('the archive in DynamoDB', async () => {
  const [dispatch, pages] = [await onNewTable(), await onNewTable()];
  const archive = createArchive({ client: tables.client, dispatchTable: dispatch.table, ledgerTable: pages.table });
  return { runs: createRunStore(dispatch), ledger: createLedger(pages), archive };
});
