import { join } from 'node:path';
import { projectFolder, runCommand, type Stack, terraform } from '@quakewire/local-stack';

/** Terraform roots of the local stack, with the variables and state that belong to the environment `local`. */
export interface Deployment {
  /** State and artifact buckets. */
  applyBootstrap(): Promise<{ artifactBucket: string }>;
  /** Topics first, so that no mapping waits for one; then everything else. */
  applyTopics(): Promise<void>;
  applyPipeline(): Promise<PipelineOutputs>;
  /** Builds the zips, uploads them by digest and writes the variables that name them. */
  buildAndUpload(artifactBucket: string): Promise<void>;
  /** Exit code of `plan -detailed-exitcode`: 0 nothing to change, 2 changes. */
  planExitCode(root: 'topics' | 'pipeline'): Promise<number>;
  /** Variables that the scaler writes. */
  scalingFile: string;
  /** What Terraform is run with, for the scaler's own applies. */
  environment: Record<string, string>;
}

export interface PipelineOutputs {
  functions: Record<string, { name: string; alias_arn: string }>;
  tables: Record<string, string>;
  secrets: Record<string, string>;
  mappings: Record<string, string>;
}

type Root = 'bootstrap' | 'topics' | 'pipeline';

export function createDeployment(stack: Stack, variables: Record<string, string>): Deployment {
  const scalingFile = join(stack.dataFolder, 'scaling.auto.tfvars.json');
  const artifactsFile = join(stack.dataFolder, 'artifacts.auto.tfvars.json');
  const environment = { ...stack.environment, ...variables };
  const variableFiles = { bootstrap: [], topics: [scalingFile], pipeline: [scalingFile, artifactsFile] };
  const run = (root: Root, args: string[], autoVariableFiles: string[] = [], acceptedExitCodes: number[] = [0]) =>
    terraform(root, args, {
      environment,
      dataFolder: stack.dataFolder,
      processes: stack.processes,
      autoVariableFiles,
      acceptedExitCodes,
    });
  const settings = (root: Root) => `-var-file=../environments/local/${root}.tfvars`;
  const initialised = new Set<Root>();

  async function init(root: Root): Promise<void> {
    if (initialised.has(root)) return;
    const backend =
      root === 'bootstrap'
        ? `-backend-config=path=${join(stack.dataFolder, 'bootstrap.tfstate')}`
        : `-backend-config=../environments/local/${root}.s3.tfbackend`;
    await run(root, ['init', '-input=false', backend]);
    initialised.add(root);
  }

  async function apply(root: Root): Promise<Record<string, unknown>> {
    await init(root);
    await run(root, ['apply', '-input=false', '-auto-approve', settings(root)], variableFiles[root]);
    const { output } = await run(root, ['output', '-json']);
    const outputs: Record<string, { value: unknown }> = JSON.parse(output);
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  return {
    scalingFile,
    environment,
    async applyBootstrap() {
      const outputs = await apply('bootstrap');
      return { artifactBucket: String(outputs.artifact_bucket) };
    },
    async applyTopics() {
      await apply('topics');
    },
    async applyPipeline() {
      return (await apply('pipeline')) as unknown as PipelineOutputs;
    },
    async buildAndUpload(artifactBucket) {
      await runCommand(stack.processes, {
        name: 'build',
        command: process.execPath,
        args: ['scripts/build-lambdas.ts', '--upload', artifactBucket, '--tfvars', artifactsFile],
        workingFolder: projectFolder,
        environment: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
        logFile: join(stack.dataFolder, 'logs', 'build.log'),
      });
    },
    async planExitCode(root) {
      const args = ['plan', '-input=false', '-detailed-exitcode', '-lock=false', settings(root)];
      return (await run(root, args, variableFiles[root], [0, 2])).exitCode;
    },
  };
}
