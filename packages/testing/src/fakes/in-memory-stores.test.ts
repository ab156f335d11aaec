import { archiveContract } from '../contracts/archive-contract.ts';
import { budgetStoreContract } from '../contracts/budget-store-contract.ts';
import { earthquakeStoreContract } from '../contracts/earthquake-store-contract.ts';
import { endpointCountsContract } from '../contracts/endpoint-counts-contract.ts';
import { endpointsContract } from '../contracts/endpoints-contract.ts';
import { leaderLeaseContract } from '../contracts/leader-lease-contract.ts';
import { ledgerContract } from '../contracts/ledger-contract.ts';
import { policyStoreContract } from '../contracts/policy-store-contract.ts';
import { replayGuardContract } from '../contracts/replay-guard-contract.ts';
import { requestStoreContract } from '../contracts/request-store-contract.ts';
import { runStoreContract } from '../contracts/run-store-contract.ts';
import { scalerFlagsContract } from '../contracts/scaler-flags-contract.ts';
import { segmentMapStoreContract } from '../contracts/segment-map-store-contract.ts';
import { sendMeasurementsContract } from '../contracts/send-measurements-contract.ts';
import { sizingStoreContract } from '../contracts/sizing-store-contract.ts';
import { createInMemoryArchive } from './in-memory-archive.ts';
import { createInMemoryBudgetStore } from './in-memory-budget-store.ts';
import { createInMemoryEarthquakeStore } from './in-memory-earthquake-store.ts';
import { createInMemoryEndpointCounts } from './in-memory-endpoint-counts.ts';
import { createInMemoryEndpoints } from './in-memory-endpoints.ts';
import { createInMemoryLeaderLease } from './in-memory-leader-lease.ts';
import { createInMemoryLedger } from './in-memory-ledger.ts';
import { createInMemoryPolicyStore } from './in-memory-policy-store.ts';
import { createInMemoryReplayGuard } from './in-memory-replay-guard.ts';
import { createInMemoryRequests } from './in-memory-requests.ts';
import { createInMemoryRunStore } from './in-memory-run-store.ts';
import { createInMemoryScalerFlags } from './in-memory-scaler-flags.ts';
import { createInMemorySegmentMapStore } from './in-memory-segment-map-store.ts';
import { createInMemorySendMeasurements } from './in-memory-send-measurements.ts';
import { createInMemorySizingStore } from './in-memory-sizing-store.ts';

ledgerContract('the in-memory ledger', async () => createInMemoryLedger());
replayGuardContract('the in-memory replay guard', async () => createInMemoryReplayGuard());
runStoreContract('the in-memory run store', async () => createInMemoryRunStore());
segmentMapStoreContract('the in-memory segment map store', async () => createInMemorySegmentMapStore());
leaderLeaseContract('the in-memory leader lease', async () => createInMemoryLeaderLease());
earthquakeStoreContract('the in-memory earthquake store', async () => createInMemoryEarthquakeStore());
requestStoreContract('the in-memory requests', async () => createInMemoryRequests());
policyStoreContract('the in-memory policy store', async () => {
  const store = createInMemoryPolicyStore();
  return { store, spoil: store.spoil };
});
budgetStoreContract('the in-memory budget store', async () => {
  const runs = createInMemoryRunStore();
  return { runs, budgets: createInMemoryBudgetStore(runs) };
});
sizingStoreContract('the in-memory sizing store', async () => {
  const store = createInMemorySizingStore();
  return { store, write: store.write };
});
scalerFlagsContract("the in-memory scaler's flags", async (nowMs) => createInMemoryScalerFlags(nowMs));
sendMeasurementsContract('the in-memory send measurements', async () => createInMemorySendMeasurements());
endpointCountsContract('the in-memory endpoint counts', async () => createInMemoryEndpointCounts());
endpointsContract('the in-memory endpoints', async () => {
  const endpoints = createInMemoryEndpoints();
  return { directory: endpoints, writer: endpoints, places: endpoints, spoil: endpoints.spoil };
});
archiveContract('the in-memory archive', async () => {
  const [runs, ledger] = [createInMemoryRunStore(), createInMemoryLedger()];
  return { runs, ledger, archive: createInMemoryArchive(runs, ledger) };
});
