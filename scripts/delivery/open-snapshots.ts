import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import type {
  Manifest,
  SmokePorts,
  SnapshotPorts,
  SnapshotTags,
  Terraform,
  TerraformRoot,
} from '@quakewire/deployment';
import {
  createGithubTags,
  createGitTags,
  createReadChecksum,
  createS3File,
  createStartConsumer,
  createTellTestEndpoints,
  readVersionId,
} from '@quakewire/deployment/adapters';
import { artifactsName } from './artifacts-file.ts';
import type { openDelivery } from './open-delivery.ts';
import { projectFolder } from './project-folder.ts';
import { readStateBucket } from './state-bucket.ts';

/** In a workflow by GitHub's API, else in this checkout, from where a person pushes them. */
export function openTags(variables: NodeJS.ProcessEnv = process.env): SnapshotTags {
  const { GITHUB_API_URL: apiUrl, GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = variables;
  if (apiUrl && repository && token) return createGithubTags({ apiUrl, repository, token });
  return createGitTags(projectFolder);
}

/** What a snapshot reads of a checkout's own Terraform. */
export function terraformFacts(
  terraform: Terraform,
  terraformFolder: string,
  stateVersion: (root: TerraformRoot) => Promise<string | null>,
): Pick<SnapshotPorts, 'terraformVersion' | 'providerLock' | 'state'> {
  return {
    terraformVersion: async () =>
      String(JSON.parse((await terraform('pipeline', ['version', '-json'])).output).terraform_version),
    providerLock: async (root) => readFileSync(`${terraformFolder}/${root}/.terraform.lock.hcl`, 'utf8'),
    async state(root): Promise<Manifest['states']['pipeline']> {
      const { serial, lineage } = JSON.parse((await terraform(root, ['state', 'pull'])).output);
      return { serial, lineage, versionId: await stateVersion(root) };
    },
  };
}

/** Everything of an environment that snapshots and rollbacks need besides a delivery. Close it at the end. */
export function openSnapshots(environment: string, delivery: ReturnType<typeof openDelivery>) {
  const bucket = readStateBucket(`${projectFolder}/terraform/environments/${environment}`);
  const [s3, lambda] = [new S3Client(), new LambdaClient()];
  const { changePorts } = delivery;
  const startConsumer = createStartConsumer(lambda, `quakewire-${environment}`);
  const tellTestEndpoints = createTellTestEndpoints(lambda, `quakewire-${environment}`);
  return {
    tags: openTags(),
    readChecksum: createReadChecksum(s3),
    /** Which zips are in force; the scaler plans with the same ones. */
    artifactsInForce: createS3File(s3, bucket, `scaling/${artifactsName}`),
    stateVersion: (root: TerraformRoot) => readVersionId(s3, bucket, `${root}.tfstate`),
    async live(channels: readonly string[]) {
      const ports = delivery.readBackPorts();
      const topics = channels.map((channel) => `dispatch.${channel}`);
      const byTopic = await ports.livePartitions(topics).finally(ports.close);
      return {
        partitions: Object.fromEntries(channels.map((channel, at) => [channel, byTopic[topics[at] ?? ''] ?? 0])),
      };
    },
    smokePorts(): SmokePorts & { close(): Promise<void> } {
      return { ...delivery.readBackPorts(), startConsumer, tellTestEndpoints, nowMs: changePorts.nowMs };
    },
    close() {
      for (const client of [s3, lambda]) client.destroy();
    },
  };
}

/** Who runs this, for people: the workflow's actor or the one whom Git knows. */
export function readActor(variables: NodeJS.ProcessEnv = process.env): string {
  if (variables.GITHUB_ACTOR) return variables.GITHUB_ACTOR;
  const name = execFileSync('git', ['config', '--default', 'somebody', 'user.name'], {
    cwd: projectFolder,
    encoding: 'utf8',
  });
  return name.trim();
}
