import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  createBudgetStore,
  createDynamoDbClient,
  createEndpointDirectory,
  createLedger,
  createRunStore,
  createSegmentMapStore,
} from '@quakewire/dynamodb';
import { createItemLockTable } from '../baselines/item-lock/item-lock-table.ts';
import { createSegmentLeaseTable } from '../baselines/segment-lock/segment-lease-table.ts';
import { createTable } from '../create-table.ts';
import { account } from './provider-account.ts';

/** Each number of endpoints has tables of its own. */
export const tableNamesOf = (endpoints: number) => ({
  endpoints: `endpoints-${endpoints}`,
  map: `map-${endpoints}`,
  ledger: `ledger-${endpoints}`,
  dispatch: `dispatch-${endpoints}`,
});

export const connectTables = (endpoint: string): DynamoDBClient =>
  createDynamoDbClient({ endpoint, region: account.region, credentials: account.aws });

/** Every store of the product and of the earlier designs. */
export function storesOf(client: DynamoDBClient, people: number) {
  const nowMs = Date.now;
  const { dispatch: dispatchTable, ledger, map, endpoints } = tableNamesOf(people);
  return {
    runs: createRunStore({ client, table: dispatchTable, nowMs }),
    budgets: createBudgetStore({ client, table: dispatchTable }),
    maps: createSegmentMapStore({ client, table: map, nowMs }),
    ledger: createLedger({ client, table: ledger, nowMs }),
    endpoints: createEndpointDirectory({ client, table: endpoints }),
    locks: createItemLockTable({ client, table: endpoints }),
    leases: createSegmentLeaseTable({ client, table: dispatchTable }),
  };
}

export async function createTables(client: DynamoDBClient, people: number): Promise<void> {
  for (const name of Object.values(tableNamesOf(people))) await createTable(client, name);
}
