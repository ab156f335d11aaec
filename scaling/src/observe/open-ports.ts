import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SESClient } from '@aws-sdk/client-ses';
import { type ChannelName, channelNames, type Logger, type OpenRun, type ScalerFlags } from '@quakewire/core';
import {
  countEndpoints,
  createDynamoDbClient,
  createEndpointCountStore,
  createRunStore,
  createScalerFlags,
  createSendMeasurements,
} from '@quakewire/dynamodb';
import { createKafkaAdmin, type KafkaConfig } from '@quakewire/kafka';
import { createAccountConcurrency } from './account-concurrency.ts';
import type { ObservePorts, OperatorFlags } from './observe-ports.ts';
import { createSesQuota } from './ses-quota.ts';
import { whenAbsent } from './when-absent.ts';

export interface PortOptions {
  environment: string;
  kafka: KafkaConfig;
  logger: Logger;
  /** Nothing is installed yet: a table that does not exist is empty. */
  isFirst: boolean;
}

export interface OpenPorts {
  ports: ObservePorts;
  flags: ScalerFlags;
  close(): Promise<void>;
}

/** The real parts of an environment. Endpoints, credentials and Region come from the SDK's own variables. */
export function openPorts({ environment, kafka, logger, isFirst }: PortOptions): OpenPorts {
  const prefix = `quakewire-${environment}`;
  const tables: DynamoDBClient = createDynamoDbClient();
  const lambda = new LambdaClient({});
  const ses = new SESClient({});
  const admin = createKafkaAdmin(kafka, logger);
  const dispatch = { client: tables, table: `${prefix}-dispatch`, nowMs: Date.now };
  const runs = createRunStore(dispatch);
  const raised = createScalerFlags(dispatch);
  const measurements = createSendMeasurements(dispatch);
  const counters = createEndpointCountStore({ client: tables, table: `${prefix}-map` });
  const nobody = Object.fromEntries(channelNames.map((channel) => [channel, {}]));
  const countAll = () => countEndpoints({ client: tables, table: `${prefix}-endpoints` });
  return {
    flags: raised,
    ports: {
      nowMs: Date.now,
      flags: () => whenAbsent(isFirst, readFlags, { paused: false, deployInFlight: false }),
      readCounts: (channel) => whenAbsent(isFirst, () => counters.read(channel as ChannelName), undefined),
      sends: (channel, fromMs) => whenAbsent(isFirst, () => measurements.since(channel as ChannelName, fromMs), []),
      countEndpoints: () => whenAbsent<Record<string, Record<string, number>>>(isFirst, countAll, nobody),
      livePartitions: (topics) => admin.livePartitions(topics),
      concurrency: createAccountConcurrency(lambda, (channel) => `${prefix}-consumer-${channel}`),
      quotas: { email: createSesQuota(ses) },
      openRuns: (channels) => whenAbsent(isFirst, () => openRuns(channels), []),
    },
    async close() {
      for (const client of [tables, lambda, ses]) client.destroy();
      await admin.close();
    },
  };

  async function readFlags(): Promise<OperatorFlags> {
    const { paused, deployInFlight } = await raised.read();
    return { paused: paused !== undefined, deployInFlight: deployInFlight !== undefined };
  }

  async function openRuns(channels: string[]): Promise<OpenRun[]> {
    return (await Promise.all(channels.map((channel) => runs.listOpen(channel as ChannelName)))).flat();
  }
}
