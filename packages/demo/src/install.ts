import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type ChannelName, channelNames, startingPolicy, wholeEarth } from '@quakewire/core';
import { createAddressCipher } from '@quakewire/lambda-runtime';
import { defaultDataFolder, type SinkBehaviour, type Stack, startStack } from '@quakewire/local-stack';
import type { Policy, Sizing } from '@quakewire/scaling';
import { createDeployment, type Deployment, type PipelineOutputs } from './deploy.ts';
import { type Feeds, startFeeds } from './feeds.ts';
import { cutSegments, startProducers, waitForLeader, waitForWarmConsumers } from './functions.ts';
import { createInstitute, type Institute } from './institute.ts';
import { createDemoSecrets, type DemoSecrets, putSecrets } from './secrets.ts';
import { seed } from './seed.ts';
import { createSinksClient, type SinksClient } from './sinks-client.ts';
import { createScaler } from './size.ts';
import { createStores, type Stores } from './stores.ts';
import type { PlainEndpoint } from './subscribers.ts';
import type { Terminal } from './terminal.ts';

export interface InstallOptions {
  /** Names the data folder, and the command (`npm run <purpose>`) that owns the stack. */
  purpose: string;
  policy: Policy;
  /** Who is seeded; a webhook's address is the path alone, its origin is filled in. */
  endpoints: readonly PlainEndpoint[];
  /** Of the sinks' faults. */
  seed: number;
  behaviour: NonNullable<SinkBehaviour['behaviour']>;
  /** Functions reach the tables through the gateway, which can throttle them. */
  tablesBehindGateway?: boolean;
  /** Terraform's, as TF_VAR_... */
  variables?: Readonly<Record<string, string>>;
}

/** The local stack, and quakewire on it once it is deployed. */
export interface Installation {
  stack: Stack;
  feeds: Feeds;
  /** Everything from the first apply to warm functions that wait for an earthquake. */
  deploy(): Promise<Deployed>;
  stop(): Promise<void>;
}

export interface Deployed {
  stores: Stores;
  /** Names of the tables, as Terraform's outputs give them. */
  tables: Record<string, string>;
  sinks: SinksClient;
  /** With whole addresses, as the sinks know them. */
  endpoints: PlainEndpoint[];
  /** Its key makes exercises only. */
  institute: Institute;
  deployment: Deployment;
  sizing: Sizing;
  /** Writes endpoints, new ones or other versions of those that are there. @returns them with whole addresses. */
  write(endpoints: readonly PlainEndpoint[]): Promise<PlainEndpoint[]>;
  /** The same installation from another working copy, as another runner sees it. */
  deploymentIn(dataFolder: string): Deployment;
  /** Cuts the segment maps anew, as the segmenter's schedule does every 5 minutes. */
  cutSegments(): Promise<void>;
}

/** Starts the local stack and the feeds; `deploy` puts quakewire on it. */
export async function startInstallation(options: InstallOptions, terminal: Terminal): Promise<Installation> {
  const secrets = createDemoSecrets();
  const stack = await terminal.step('local stack', () =>
    startStack({
      dataFolder: defaultDataFolder(options.purpose),
      ownerName: `npm run ${options.purpose}`,
      log: (line) => terminal.line(`  ${line}`),
      tablesBehindGateway: options.tablesBehindGateway ?? false,
      sinks: {
        seed: options.seed,
        webhookSigningKey: secrets.webhookSigningKey,
        behaviour: options.behaviour,
        providers: providerLimits(options.policy),
      },
    }),
  );
  const feeds = await startFeeds();
  return {
    stack,
    feeds,
    deploy: () => deploy(options, { stack, feeds, secrets, terminal }),
    async stop() {
      await feeds.stop();
      await stack.stop();
    },
  };
}

interface Site {
  stack: Stack;
  feeds: Feeds;
  secrets: DemoSecrets;
  terminal: Terminal;
}

async function deploy(options: InstallOptions, { stack, feeds, secrets, terminal }: Site): Promise<Deployed> {
  const { policy } = options;
  const variables = { ...terraformVariables(stack, feeds), ...options.variables };
  const deployment = createDeployment(stack, variables);
  const scaler = await createScaler(policy, stack, deployment, terminal);
  const { artifactBucket } = await terminal.step('buckets', () => deployment.applyBootstrap());
  await terminal.step('zips', () => deployment.buildAndUpload(artifactBucket));
  const first = await terminal.step('first sizing, terraform apply', () => scaler.first());
  const outputs = await deployment.pipelineOutputs();
  const stores = createStores(stack, outputs.tables);
  await putSecrets(new SecretsManagerClient(), outputs.secrets, secrets, stack.kafka);
  await terminal.step('alert policy: live everywhere', () =>
    stores.policies.put(startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } })),
  );
  const { seal } = createAddressCipher(secrets.addressKeys);
  async function write(plain: readonly PlainEndpoint[]): Promise<PlainEndpoint[]> {
    const whole = plain.map((endpoint) => withOrigin(endpoint, { webhook: stack.urls.sinks.webhook }));
    await seed(whole, seal, stores.writer, (written) =>
      terminal.live(`         ${written} of ${whole.length} endpoints`),
    );
    return whole;
  }
  const endpoints = await terminal.step(`seed ${options.endpoints.length} endpoints`, () => write(options.endpoints));
  const sizing = await terminal.step('scaler: count, size, apply', () =>
    scaler.again(first, stores, outputs.tables.endpoints ?? ''),
  );
  await startFunctions(outputs, stores, policy, stack, terminal);
  const sinks = createSinksClient(stack.urls.sinks.control);
  return {
    ...{ stores, tables: outputs.tables, sinks, endpoints, deployment, sizing, write },
    institute: createInstitute(ingestUrl(stack, outputs), secrets.ingestKeys),
    deploymentIn: (dataFolder) => createDeployment({ ...stack, dataFolder }, variables),
    cutSegments: () => cutSegments(new LambdaClient(), outputs.functions.segmenter?.alias_arn ?? ''),
  };
}

/** What each provider lets through in any second before it throttles: its rate, and the twentieth more that all tolerate. */
export function providerLimits({ channels }: Policy): Record<string, { ratePerSecond: number }> {
  return Object.fromEntries(
    channels.map(({ name, senders }) => {
      const rate = senders.reduce((sum, sender) => sum + sender.providerRatePerSecond, 0);
      return [name, { ratePerSecond: rate + Math.max(1, Math.floor(rate / 20)) }];
    }),
  );
}

/** The emulator serves an HTTP API below a path of its own, not under the API's host name. */
const ingestUrl = ({ urls }: Stack, { ingest }: PipelineOutputs): string =>
  `${urls.gateway}/_aws/execute-api/${ingest.api_id}/$default${new URL(ingest.url).pathname}`;

function terraformVariables(stack: Stack, feeds: Feeds): Record<string, string> {
  const { sms, email, telegram } = stack.urls.sinks;
  return {
    TF_VAR_feeds: JSON.stringify({
      usgs_feed_url: feeds.usgsUrl,
      usgs_event_url: feeds.eventsUrl,
      emsc_websocket_url: feeds.emscUrl,
      emsc_event_url: feeds.eventsUrl,
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

async function startFunctions(
  { functions }: PipelineOutputs,
  stores: Stores,
  policy: Policy,
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
  const channels = policy.channels.map(({ name }) => name).filter(isChannel);
  await terminal.step('consumers: warm', () => waitForWarmConsumers(stack, channels));
}

const isChannel = (name: string): name is ChannelName => (channelNames as readonly string[]).includes(name);
