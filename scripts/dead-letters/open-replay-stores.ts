import {
  createDynamoDbClient,
  createEndpointDirectory,
  createLedger,
  createRunStore,
  createSegmentMapStore,
  createStoreTime,
} from '@quakewire/dynamodb';
import { systemClock } from '@quakewire/lambda-runtime';

/** What a replay reads and changes in an environment; account, Region and endpoint come from the AWS_* variables. */
export function openReplayStores(environment: string) {
  const client = createDynamoDbClient();
  const table = (name: string): string => `quakewire-${environment}-${name}`;
  const nowMs = Date.now;
  const storeTime = createStoreTime({ client, clock: systemClock });
  return {
    runs: createRunStore({ client, table: table('dispatch'), nowMs }),
    maps: createSegmentMapStore({ client, table: table('map'), nowMs }),
    ledger: createLedger({ client, table: table('ledger'), nowMs }),
    endpoints: createEndpointDirectory({ client, table: table('endpoints') }),
    storeTime,
    close: () => client.destroy(),
  };
}
