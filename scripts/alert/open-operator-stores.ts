import { randomInt } from 'node:crypto';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Operator } from '@quakewire/core';
import {
  createDynamoDbClient,
  createEarthquakeStore,
  createPolicyStore,
  createRequestStore,
  createSegmentMapStore,
  createSizingStore,
  createStoreTime,
} from '@quakewire/dynamodb';
import { systemClock } from '@quakewire/lambda-runtime';
import type { OperatorPorts } from './operator-ports.ts';

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** What operators' commands need of an environment; account, Region and endpoint come from the AWS_* variables. */
export function openOperatorStores(environment: string): OperatorPorts & { close(): void } {
  const [client, sts] = [createDynamoDbClient(), new STSClient()];
  const table = (name: string): string => `quakewire-${environment}-${name}`;
  const nowMs = Date.now;
  const earthquakes = { client, table: table('earthquakes'), nowMs };
  return {
    earthquakes: createEarthquakeStore(earthquakes),
    policies: createPolicyStore(earthquakes),
    requests: createRequestStore(earthquakes),
    maps: createSegmentMapStore({ client, table: table('map'), nowMs }),
    sizing: createSizingStore({ client, table: table('dispatch') }),
    storeNow: createStoreTime({ client, clock: systemClock }),
    whoAmI: () => whoAmI(sts),
    sleep: systemClock.sleep,
    suffix: () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join(''),
    close() {
      for (const one of [client, sts]) one.destroy();
    },
  };
}

/** As AWS itself says it: what somebody claims to be proves nothing. */
async function whoAmI(sts: STSClient): Promise<Operator> {
  const { UserId, Arn } = await sts.send(new GetCallerIdentityCommand());
  if (!UserId || !Arn) throw new Error('AWS did not say who you are: nothing was written.');
  return { userId: UserId, arn: Arn };
}
