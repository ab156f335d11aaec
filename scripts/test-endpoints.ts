import { text } from 'node:stream/consumers';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { channelNameSchema, createTestEndpoint } from '@quakewire/core';
import { createDynamoDbClient, createEndpointWriter } from '@quakewire/dynamodb';
import { addressKeysSchema, createAddressCipher, readSecret } from '@quakewire/lambda-runtime';
import { InputError, parseOptions, requireEnvironment } from '@quakewire/scaling';
import { say } from './delivery/open-delivery.ts';
import { runDelivery } from './delivery/run-delivery.ts';
import { parseTestAddress } from './delivery/test-address.ts';

const help = `Usage: npm run test-endpoints -- --environment NAME --channel CHANNEL --country CODE < FILE

Registers the test endpoint of a channel, or another address for it: who is told by an exercise after every apply, deployment
and rollback (npm run snapshot, npm run rollback). Choose an address of the operators'. It lives at a place in the ocean
where no earthquake concerns anybody.

  --environment NAME   where
  --channel CHANNEL    sms, email, telegram or webhook
  --country CODE       two letters of ISO 3166, which decide by which sender it is told
  standard input       the address, so that it stands in no list of processes and no history

Exit code 0: registered, and in the segment map; 1: AWS refused it; 2: wrong usage, nothing was written.
`;

process.exitCode = await runDelivery(process.argv.slice(2), help, async (args) => {
  const options = parseOptions(args, { environment: 'required', channel: 'required', country: 'required' });
  const prefix = `quakewire-${requireEnvironment(options.environment)}`;
  const { success, data: channel } = channelNameSchema.safeParse(options.channel);
  if (!success) throw new InputError('--channel must be sms, email, telegram or webhook');
  if (!/^[A-Z]{2}$/.test(options.country)) throw new InputError('--country must be two capital letters, e.g. RO');
  const address = parseTestAddress(channel, await text(process.stdin));
  const [tables, secrets, lambda] = [createDynamoDbClient(), new SecretsManagerClient(), new LambdaClient()];
  try {
    const { seal } = createAddressCipher(await readSecret(secrets, `${prefix}/address-key`, addressKeysSchema));
    const endpoint = { ...createTestEndpoint(channel, options.country), sealedAddress: seal(address) };
    await createEndpointWriter({ client: tables, table: `${prefix}-endpoints` }).put([endpoint]);
    // Else it waits for the segmenter's next run.
    const cut = await lambda.send(new InvokeCommand({ FunctionName: `${prefix}-segmenter`, Qualifier: 'live' }));
    if (cut.FunctionError !== undefined) throw new Error(`the segmenter failed: ${cut.Payload?.transformToString()}`);
    say(`The test endpoint of ${channel} is registered.`);
    return 0;
  } finally {
    for (const client of [tables, secrets, lambda]) client.destroy();
  }
});
