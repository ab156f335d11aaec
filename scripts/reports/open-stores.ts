import {
  createArchive,
  createDynamoDbClient,
  createLedger,
  createRunStore,
  createSegmentMapStore,
} from '@quakewire/dynamodb';

/** The tables of an environment, for reading; account, Region and endpoint come from the AWS_* variables. */
export function openStores(environment: string) {
  const client = createDynamoDbClient();
  const table = (name: string): string => `quakewire-${environment}-${name}`;
  const nowMs = Date.now;
  return {
    runs: createRunStore({ client, table: table('dispatch'), nowMs }),
    maps: createSegmentMapStore({ client, table: table('map'), nowMs }),
    ledger: createLedger({ client, table: table('ledger'), nowMs }),
    archive: createArchive({ client, dispatchTable: table('dispatch'), ledgerTable: table('ledger') }),
    close: () => client.destroy(),
  };
}
