import { execFileSync } from 'node:child_process';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { channelNames, type Logger } from '@quakewire/core';
import type { ApplyPorts, ReadBackPorts, TerraformRoot } from '@quakewire/deployment';
import {
  createCloudWatchHeartbeat,
  createLambdaConsumers,
  createS3ChangeStore,
  createS3File,
  createTerraformCommand,
} from '@quakewire/deployment/adapters';
import { createDynamoDbClient, createSizingStore } from '@quakewire/dynamodb';
import { createKafkaAdmin } from '@quakewire/kafka';
import { openPorts, parseEnvironment } from '@quakewire/scaling';
import { projectFolder } from './project-folder.ts';
import { readStateBucket } from './state-bucket.ts';

const terraformFolder = `${projectFolder}/terraform`;
const quiet: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
export const print = (text: string): void => void process.stdout.write(text);

/** Commit of this checkout: what is planned here is applied from the same one. */
export const readCommit = (): string =>
  execFileSync('git', ['rev-parse', 'HEAD'], { cwd: projectFolder, encoding: 'utf8' }).trim();

/** An environment's values, then what the caller names; the scaling file follows. */
export const variableFilesOf =
  (environment: string, further: readonly string[]) =>
  (root: TerraformRoot): string[] => [`${terraformFolder}/environments/${environment}/${root}.tfvars`, ...further];

/**
 * What plans, applies and reads back, with the credentials of this process. Close it at the end.
 * @param isFirst Nothing is installed yet: a table that does not exist holds no alert.
 */
export function openDelivery(environment: string, isFirst = false) {
  const bucket = readStateBucket(`${terraformFolder}/environments/${environment}`);
  const s3 = new S3Client();
  const lambda = new LambdaClient();
  const cloudWatch = new CloudWatchClient();
  const tables = createDynamoDbClient();
  const prefix = `quakewire-${environment}`;
  const changePorts = {
    terraform: createTerraformCommand(['terraform'], terraformFolder, (text) => process.stderr.write(text)),
    store: createS3ChangeStore(s3, bucket),
    scalingFile: createS3File(s3, bucket, 'scaling/scaling.auto.tfvars.json'),
    history: createS3File(s3, bucket, 'scaling/sizing.json'),
    heartbeat: createCloudWatchHeartbeat(cloudWatch, environment),
    nowMs: Date.now,
    say,
  };
  return {
    changePorts,
    applyPorts: {
      ...changePorts,
      async alertInFlight() {
        const { ports, close } = openObservation(environment, isFirst);
        return (await ports.openRuns([...channelNames]).finally(close)).length > 0;
      },
    } satisfies ApplyPorts,
    /** Resolves to the ports; the broker's connection is closed by `close`. */
    readBackPorts(): ReadBackPorts & { close(): Promise<void> } {
      const admin = createKafkaAdmin(kafkaConfig(), quiet);
      return {
        consumers: createLambdaConsumers(lambda, prefix),
        livePartitions: (topics) => admin.livePartitions(topics),
        sizing: createSizingStore({ client: tables, table: `${prefix}-dispatch` }).read,
        say,
        close: () => admin.close(),
      };
    },
    async close() {
      for (const client of [s3, lambda, cloudWatch, tables]) client.destroy();
    },
  };
}

export const openObservation = (environment: string, isFirst: boolean) =>
  openPorts({ environment, kafka: kafkaConfig(), logger: quiet, isFirst });

function kafkaConfig() {
  const variables = parseEnvironment(process.env);
  return {
    bootstrapServers: variables.KAFKA_BOOTSTRAP_SERVERS,
    tls: variables.KAFKA_TLS,
    username: variables.KAFKA_SASL_USERNAME,
    password: variables.KAFKA_SASL_PASSWORD,
  };
}
