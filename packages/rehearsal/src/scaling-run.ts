import { LambdaClient } from '@aws-sdk/client-lambda';
import { dispatchTopic } from '@quakewire/core';
import {
  type ApplyPorts,
  applyChange,
  type ChangePorts,
  type PlannedScaling,
  planScaling,
  readBack,
  type ScalingRequest,
  type SmokePorts,
  type SmokeResult,
  sizeAnew,
  smokeTest,
} from '@quakewire/deployment';
import { createLambdaConsumers, createStartConsumer } from '@quakewire/deployment/adapters';
import { createSizingStore } from '@quakewire/dynamodb';
import { createKafkaAdmin } from '@quakewire/kafka';
import { createLogger } from '@quakewire/lambda-runtime';
import { holdsOf, type Observation, observe, openPorts, parseTfvars, type Tfvars } from '@quakewire/scaling';
import type { Site } from './site.ts';

export interface ScalingRunOptions {
  /** Changes what was observed, e.g. a count that failed. */
  observed?(observation: Observation): Observation;
  /** Called once, when the first apply begins. */
  onApply?(): void;
  /** Between plan and apply. */
  afterPlan?(): Promise<void>;
  /** Other ports than the world's own, e.g. of a second runner. */
  changePorts?: ChangePorts;
}

export interface ScalingRun extends PlannedScaling {
  /** As the job's: 0, or 3 when a channel is held. */
  exitCode: 0 | 3;
}

const quiet = createLogger('fatal', { function: 'rehearsal' });

/** One run of the scaler as the schedule makes it: observe, decide, plan, guard, apply, read back. */
export async function runScaler(world: Site, options: ScalingRunOptions = {}): Promise<ScalingRun> {
  const request = scalingRequest(world);
  const ports = applyPorts(world, options);
  const sized = await sizeAnew(request, ports);
  const planned = await planScaling(sized, request, ports);
  const exitCode = holdsOf(planned.sizing).length === 0 ? 0 : 3;
  if (planned.change === null) return { ...planned, exitCode };
  await options.afterPlan?.();
  await applyChange({ ...request, digest: planned.change.digest }, ports);
  const differences = await compareWithLive(world);
  if (differences.length > 0) throw new Error(`what is in force is not what was applied: ${differences.join(' ')}`);
  return { ...planned, exitCode };
}

export function scalingRequest({ policy, deployed: { deployment } }: Site): ScalingRequest {
  const { environment, commit, variableFiles } = deployment;
  return { policy, environment, commit, variableFiles, mode: 'scale' };
}

export function applyPorts(
  world: Site,
  options: ScalingRunOptions = {},
): ApplyPorts & { observe(): Promise<Observation> } {
  const { terminal, deployed } = world;
  let isApplying = false;
  const say = (sentence: string) => {
    terminal.line(`  ${sentence.split('\n').join('\n           ')}`);
    if (isApplying || !sentence.startsWith('Applying ')) return;
    isApplying = true;
    options.onApply?.();
  };
  return {
    ...(options.changePorts ?? deployed.deployment.changePorts(say)),
    say,
    observe: async () => (options.observed ?? ((same) => same))(await observeWorld(world)),
    alertInFlight: () => withPorts(world, async (ports) => (await ports.openRuns(channelsOf(world))).length > 0),
  };
}

const observeWorld = (world: Site): Promise<Observation> =>
  withPorts(world, (ports) =>
    observe({
      policy: world.policy,
      lastCounts: {},
      // The population changes faster than the segmenter counts it; how long sends take here is the machine's, and
      // each rehearsal must come to the same sizings.
      ports: { ...ports, readCounts: async () => undefined, sends: async () => [] },
      onFailure: (input, error) => world.terminal.line(`  not known: ${input} (${(error as Error).message})`),
    }),
  );

async function withPorts<T>(
  world: Site,
  use: (ports: ReturnType<typeof openPorts>['ports']) => Promise<T>,
): Promise<T> {
  const { ports, close } = openPorts({ environment: 'local', kafka: kafkaOf(world), logger: quiet, isFirst: false });
  return await use(ports).finally(close);
}

/** One sentence for each difference between the scaling file in force and what is really there. */
export const compareWithLive = (world: Site): Promise<string[]> =>
  withScalingFile(world, (tfvars, ports) => readBack(tfvars, { expectNewestCode: true }, ports));

/** Reads back what is in force and starts every consumer, as after each apply of a deployment. */
export const smokeWorld = (world: Site): Promise<SmokeResult> =>
  withScalingFile(world, (_tfvars, ports, text) => smokeTest(text, ports));

async function withScalingFile<T>(
  world: Site,
  use: (tfvars: Tfvars, ports: SmokePorts, text: string) => Promise<T>,
): Promise<T> {
  const { deployment, stores, tables } = world.deployed;
  const say = (sentence: string) => world.terminal.line(`  ${sentence}`);
  const inForce = await deployment.changePorts(say).scalingFile.read();
  if (inForce === null) throw new Error('there is no scaling file');
  const admin = createKafkaAdmin(kafkaOf(world), quiet);
  const lambda = new LambdaClient();
  const ports: SmokePorts = {
    consumers: createLambdaConsumers(lambda, 'quakewire-local'),
    startConsumer: createStartConsumer(lambda, 'quakewire-local'),
    livePartitions: (topics) => admin.livePartitions(topics),
    sizing: createSizingStore({ client: stores.client, table: tables.dispatch ?? '' }).read,
    nowMs: Date.now,
    say,
  };
  try {
    return await use(parseTfvars(inForce.text), ports, inForce.text);
  } finally {
    await admin.close();
    lambda.destroy();
  }
}

/** Partitions of each channel's topic now. */
export async function readLivePartitions(world: Site, channels: readonly string[]): Promise<Record<string, number>> {
  const admin = createKafkaAdmin(kafkaOf(world), quiet);
  try {
    const byTopic = await admin.livePartitions(channels.map(dispatchTopic));
    return Object.fromEntries(channels.map((channel) => [channel, byTopic[dispatchTopic(channel)] ?? 0]));
  } finally {
    await admin.close();
  }
}

const channelsOf = ({ policy }: Site): string[] => policy.channels.map(({ name }) => name);

function kafkaOf({ installation: { stack } }: Site) {
  const { bootstrapServers, admin } = stack.kafka;
  return { bootstrapServers, tls: false, ...admin };
}
