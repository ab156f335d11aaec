import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { ChannelName } from '@quakewire/core';
import { applyChange, planScaling, type ScalingRequest, sizeAnew } from '@quakewire/deployment';
import { countEndpoints } from '@quakewire/dynamodb';
import { createKafkaAdmin } from '@quakewire/kafka';
import { createLogger } from '@quakewire/lambda-runtime';
import { projectFolder, type Stack } from '@quakewire/local-stack';
import {
  createAccountConcurrency,
  type Observation,
  observe,
  type Policy,
  parsePolicy,
  type Sizing,
} from '@quakewire/scaling';
import type { Deployment } from './deploy.ts';
import { firstObservation } from './first-observation.ts';
import type { Stores } from './stores.ts';
import type { Terminal } from './terminal.ts';

/** The scaler, as GitHub Actions runs it on a schedule: observe, decide, act. */
export interface Scaler {
  policy: Policy;
  /** The first sizing of a new installation, and the first apply of everything. */
  first(): Promise<Sizing>;
  /** Counts the endpoints, reads the broker, sizes anew and applies what changed. */
  again(previous: Sizing, stores: Stores, endpointsTable: string): Promise<Sizing>;
}

/** A policy of scaling/policies by its name. */
export async function readPolicy(name: string): Promise<Policy> {
  const file = join(projectFolder, 'scaling', 'policies', `${name}.json`);
  return parsePolicy(JSON.parse(await readFile(file, 'utf8')));
}

export async function createScaler(
  policy: Policy,
  stack: Stack,
  deployment: Deployment,
  terminal: Terminal,
): Promise<Scaler> {
  const request: ScalingRequest = {
    policy,
    environment: deployment.environment,
    // A new installation makes what a sizing run may not make by itself.
    mode: 'deploy',
    commit: deployment.commit,
    variableFiles: deployment.variableFiles,
  };
  const changePorts = deployment.changePorts((sentence) => terminal.line(`  ${sentence}`));

  async function apply(isFirst: boolean, observation: Observation): Promise<Sizing> {
    const ports = {
      ...changePorts,
      observe: async () => observation,
      // Nobody waits for the demo's scaler: it runs on no schedule.
      heartbeat: async () => undefined,
      alertInFlight: async () => observation.alertInFlight !== false || observation.drillInFlight !== false,
    };
    const { sizing, change } = await planScaling(
      await sizeAnew({ ...request, isFirst }, ports),
      { ...request, isFirst },
      ports,
    );
    if (change !== null) await applyChange({ ...request, digest: change.digest }, ports);
    return sizing;
  }

  return {
    policy,
    first: () => apply(true, firstObservation(policy)),
    async again(_previous, { client, runs }, endpointsTable) {
      const logger = createLogger('error', { function: 'demo' });
      const { username, password } = stack.kafka.admin;
      const kafka = createKafkaAdmin(
        { bootstrapServers: stack.kafka.bootstrapServers, tls: false, username, password },
        logger,
      );
      const lambda = new LambdaClient();
      try {
        const observation = await observe({
          policy,
          lastCounts: {},
          ports: {
            nowMs: Date.now,
            flags: async () => ({ paused: false, deployInFlight: false }),
            // Seeded a moment ago: the segmenter has not counted yet, and nothing was sent.
            readCounts: async () => undefined,
            sends: async () => [],
            countEndpoints: () => countEndpoints({ client, table: endpointsTable }),
            livePartitions: (topics) => kafka.livePartitions(topics),
            concurrency: createAccountConcurrency(lambda, (channel) => `quakewire-local-consumer-${channel}`),
            quotas: {},
            openRuns: async (channels) =>
              (await Promise.all(channels.map((channel) => runs.listOpen(channel as ChannelName)))).flat(),
          },
          onFailure: (input, error) => terminal.line(`  not known: ${input} (${(error as Error).message})`),
        });
        return await apply(false, observation);
      } finally {
        await kafka.close();
        lambda.destroy();
      }
    },
  };
}
