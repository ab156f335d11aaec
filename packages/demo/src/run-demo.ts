import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type ChannelName, channelNames, startingPolicy, wholeEarth } from '@quakewire/core';
import { createAddressCipher } from '@quakewire/lambda-runtime';
import { defaultDataFolder, type Stack, startStack } from '@quakewire/local-stack';
import { createDeployment, type PipelineOutputs } from './deploy.ts';
import { type Feeds, startFeeds } from './feeds.ts';
import { cutSegments, startProducers, waitForLeader, waitForWarmConsumers } from './functions.ts';
import { readGazetteer } from './gazetteer.ts';
import type { DemoOptions } from './options.ts';
import { type DemoReport, reportOn } from './report.ts';
import { createDemoSecrets, type DemoSecrets, putSecrets } from './secrets.ts';
import { seed } from './seed.ts';
import { createSinksClient } from './sinks-client.ts';
import { createScaler, readPolicy, type Scaler } from './size.ts';
import { createStores, type Stores } from './stores.ts';
import { createSubscribers, type PlainEndpoint } from './subscribers.ts';
import type { Terminal } from './terminal.ts';
import { watchAlert } from './watch-alert.ts';

/** Origin of the earthquake before its first bulletin: EMSC's and USGS's first bulletins take minutes at best. */
const originAgeMs = 120_000;
/** Recorded epicentre (EMSC); subscribers live within this distance of it. */
const epicentre = { latitude: 40.8327, longitude: 28.2267 };
const withinKm = 600;

export interface Demo {
  stack: Stack;
  feeds: Feeds;
  run(): Promise<DemoReport>;
  stop(): Promise<void>;
}

/** Starts the local parts; `run` takes the earthquake from the feeds to the report. */
export async function createDemo(options: DemoOptions, terminal: Terminal): Promise<Demo> {
  const secrets = createDemoSecrets();
  const policy = await readPolicy(options.realLimits ? 'local-real-limits' : 'local');
  const stack = await terminal.step('local stack', () =>
    startStack({
      dataFolder: defaultDataFolder('demo'),
      ownerName: 'npm run demo',
      log: (line) => terminal.line(`  ${line}`),
      sinks: {
        seed: options.seed,
        webhookSigningKey: secrets.webhookSigningKey,
        behaviour: { latencyMs: 50 },
        providers: providerLimits(policy),
      },
    }),
  );
  const feeds = await startFeeds();
  const deployment = createDeployment(stack, terraformVariables(stack, feeds));
  return {
    stack,
    feeds,
    async run() {
      const scaler = await createScaler(policy, stack, deployment, terminal);
      const { artifactBucket } = await terminal.step('buckets', () => deployment.applyBootstrap());
      await terminal.step('zips', () => deployment.buildAndUpload(artifactBucket));
      const first = await terminal.step('first sizing, terraform apply', () => scaler.first());
      const outputs = await deployment.pipelineOutputs();
      const stores = createStores(stack, outputs.tables);
      await terminal.step('alert policy: live everywhere', () =>
        stores.policies.put(startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } })),
      );
      await putSecrets(new SecretsManagerClient(), outputs.secrets, secrets, stack.kafka);
      const endpoints = await seedSubscribers(options, stack, secrets, stores, terminal);
      const sizing = await terminal.step('scaler: count, size, apply', () =>
        scaler.again(first, stores, outputs.tables.endpoints ?? ''),
      );
      await startFunctions(outputs, stores, scaler, stack, terminal);
      const { shiftMs } = feeds.publishEarthquake(originAgeMs);
      terminal.line(`earthquake: M6.2 Sea of Marmara, recorded 2025-04-23; all its times are shifted by ${shiftMs} ms`);
      terminal.line(
        '  (final solutions of EMSC and USGS, re-framed as first bulletins: a reconstruction of the framing)',
      );
      const sinks = createSinksClient(stack.urls.sinks.control);
      const alert = await watchAlert(stores, sinks, terminal);
      return reportOn({ alert, stores, sinks, endpoints, deployment, sizing, stack });
    },
    async stop() {
      await feeds.stop();
      await stack.stop();
    },
  };
}

/** What each provider lets through in any second before it throttles: its rate, and the twentieth more that all tolerate. */
function providerLimits({ channels }: Scaler['policy']): Record<string, { ratePerSecond: number }> {
  return Object.fromEntries(
    channels.map(({ name, senders }) => {
      const rate = senders.reduce((sum, sender) => sum + sender.providerRatePerSecond, 0);
      return [name, { ratePerSecond: rate + Math.max(1, Math.floor(rate / 20)) }];
    }),
  );
}

function terraformVariables(stack: Stack, feeds: Feeds): Record<string, string> {
  const { sms, email, telegram } = stack.urls.sinks;
  return {
    TF_VAR_feeds: JSON.stringify({
      usgs_feed_url: feeds.usgsUrl,
      emsc_websocket_url: feeds.emscUrl,
      hosts: [feeds.host],
    }),
    TF_VAR_provider_base_urls: JSON.stringify({ sms, email, telegram, webhook: stack.urls.sinks.webhook }),
  };
}

/** A webhook's address is its own URL; only now is it known where the sink listens. */
const withOrigin = (endpoint: PlainEndpoint, origins: Partial<Record<ChannelName, string>>): PlainEndpoint => ({
  ...endpoint,
  address: `${origins[endpoint.channel] ?? ''}${endpoint.address}`,
});

async function seedSubscribers(
  options: DemoOptions,
  stack: Stack,
  secrets: DemoSecrets,
  stores: Stores,
  terminal: Terminal,
): Promise<PlainEndpoint[]> {
  const cities = await readGazetteer();
  const { subscribers, seed: seedNumber } = options;
  const plain = createSubscribers(cities, { subscribers, seed: seedNumber, withinKm, epicentre, validFromMs: 0 });
  const endpoints = plain.map((endpoint) => withOrigin(endpoint, { webhook: stack.urls.sinks.webhook }));
  const cipher = createAddressCipher(secrets.addressKeys);
  await terminal.step(`seed ${subscribers} subscribers, ${endpoints.length} endpoints`, () =>
    seed(endpoints, cipher.seal, stores.writer, (written) =>
      terminal.live(`         ${written} of ${endpoints.length} endpoints`),
    ),
  );
  return endpoints;
}

async function startFunctions(
  { functions }: PipelineOutputs,
  stores: Stores,
  scaler: Scaler,
  stack: Stack,
  terminal: Terminal,
): Promise<void> {
  const lambda = new LambdaClient();
  const arnOf = (name: string): string => functions[name]?.alias_arn ?? '';
  await terminal.step('segmenter: segment maps', () => cutSegments(lambda, arnOf('segmenter')));
  await terminal.step('producer: leader and standby', async () => {
    await startProducers(lambda, arnOf('producer'));
    await waitForLeader(stores.lease);
  });
  const channels = scaler.policy.channels.map(({ name }) => name).filter(isChannel);
  await terminal.step('consumers: warm', () => waitForWarmConsumers(stack, channels));
}

const isChannel = (name: string): name is ChannelName => (channelNames as readonly string[]).includes(name);
