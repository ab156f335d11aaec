import {
  createDynamoDbClient,
  createEarthquakeStore,
  createEndpointWriter,
  createLeaderLease,
  createLedger,
  createPolicyStore,
  createRunStore,
  createSegmentMapStore,
} from '@quakewire/dynamodb';
import type { Stack } from '@quakewire/local-stack';

/** The demo's own view of the tables: it seeds endpoints, and then only reads. */
export function createStores(stack: Stack, tables: Record<string, string>) {
  const table = (name: string): string => {
    const found = tables[name];
    if (!found) throw new Error(`Terraform's outputs name no table ${name}`);
    return found;
  };
  // The AWS clients find the stack by the same variables as everything else.
  Object.assign(process.env, stack.environment);
  // Past the gateway: what is only watched must not be throttled with the functions.
  const client = createDynamoDbClient({ endpoint: stack.urls.tables });
  const nowMs = Date.now;
  return {
    client,
    writer: createEndpointWriter({ client, table: table('endpoints') }),
    lease: createLeaderLease({ client, table: table('dispatch') }),
    runs: createRunStore({ client, table: table('dispatch'), nowMs }),
    maps: createSegmentMapStore({ client, table: table('map'), nowMs }),
    ledger: createLedger({ client, table: table('ledger'), nowMs }),
    policies: createPolicyStore({ client, table: table('earthquakes') }),
    earthquakes: createEarthquakeStore({ client, table: table('earthquakes'), nowMs }),
  };
}
export type Stores = ReturnType<typeof createStores>;
