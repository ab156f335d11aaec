import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { ChangePorts, TerraformRoot } from '@quakewire/deployment';
import { createS3ChangeStore, createS3File } from '@quakewire/deployment/adapters';
import { projectFolder, runCommand, type Stack, terraform } from '@quakewire/local-stack';

type Root = TerraformRoot | 'bootstrap';

/** As `terraform/bootstrap` names it, and `terraform/environments/local` says. */
const stateBucket = 'quakewire-local-state-000000000000';
/** Every answer of Terraform is one here: what it means is for the caller to say. */
const everyExitCode = [0, 1, 2];

export interface PipelineOutputs {
  functions: Record<string, { name: string; alias_arn: string }>;
  tables: Record<string, string>;
  secrets: Record<string, string>;
  ingest: { url: string; api_id: string };
}

/** Terraform and the build, with the variables and state of the environment `local`. */
export interface Deployment {
  environment: 'local';
  /** Commit of this checkout. */
  commit: string;
  /** State and artifact buckets. */
  applyBootstrap(): Promise<{ artifactBucket: string }>;
  /** Builds the zips, uploads them by digest and writes the variables that name them. */
  buildAndUpload(artifactBucket: string): Promise<void>;
  /** What a change is planned and applied with. */
  changePorts(say: (sentence: string) => void): ChangePorts;
  variableFiles(root: TerraformRoot): string[];
  pipelineOutputs(): Promise<PipelineOutputs>;
  /** True when a plan right after the apply finds nothing to change. */
  isPlanEmpty(root: TerraformRoot): Promise<boolean>;
}

/** @param variables what depends on this run: addresses of feeds and sinks, as TF_VAR_... */
export function createDeployment(stack: Stack, variables: Record<string, string>): Deployment {
  // The AWS clients find the stack by the same variables as everything else.
  Object.assign(process.env, stack.environment);
  const s3 = new S3Client();
  const scalingFile = createS3File(s3, stateBucket, 'scaling/scaling.auto.tfvars.json');
  const artifactsFile = join(stack.dataFolder, 'artifacts.auto.tfvars.json');
  const environment = { ...stack.environment, ...variables };
  const settings = (root: Root) => `../environments/local/${root}.tfvars`;
  const autoVariableFiles = { bootstrap: [], topics: [], pipeline: [artifactsFile] };
  const run = (root: Root, args: string[], acceptedExitCodes = [0]) =>
    terraform(root, args, {
      environment,
      dataFolder: stack.dataFolder,
      processes: stack.processes,
      autoVariableFiles: args[0] === 'init' ? [] : autoVariableFiles[root],
      acceptedExitCodes,
    });
  const initialised = new Map<Root, Promise<unknown>>();

  function init(root: Root): Promise<unknown> {
    const backend =
      root === 'bootstrap'
        ? `-backend-config=path=${join(stack.dataFolder, 'bootstrap.tfstate')}`
        : `-backend-config=../environments/local/${root}.s3.tfbackend`;
    const started = initialised.get(root) ?? run(root, ['init', '-input=false', backend]);
    initialised.set(root, started);
    return started;
  }

  async function outputs(root: Root): Promise<Record<string, unknown>> {
    const { output } = await run(root, ['output', '-json']);
    const values: Record<string, { value: unknown }> = JSON.parse(output);
    return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));
  }

  return {
    environment: 'local',
    commit: execFileSync('git', ['rev-parse', 'HEAD'], { cwd: projectFolder, encoding: 'utf8' }).trim(),
    async applyBootstrap() {
      await init('bootstrap');
      await run('bootstrap', ['apply', '-input=false', '-auto-approve', `-var-file=${settings('bootstrap')}`]);
      return { artifactBucket: String((await outputs('bootstrap')).artifact_bucket) };
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
    changePorts: (say) => ({
      async terraform(root, args) {
        await init(root);
        return await run(root, [...args], everyExitCode);
      },
      store: createS3ChangeStore(s3, stateBucket),
      scalingFile,
      history: createS3File(s3, stateBucket, 'scaling/sizing.json'),
      nowMs: Date.now,
      say,
    }),
    variableFiles: (root) => [settings(root)],
    async pipelineOutputs() {
      return (await outputs('pipeline')) as unknown as PipelineOutputs;
    },
    async isPlanEmpty(root) {
      const args = ['plan', '-input=false', '-detailed-exitcode', '-lock=false'];
      const inForce = join(stack.dataFolder, 'scaling.auto.tfvars.json');
      writeFileSync(inForce, (await scalingFile.read())?.text ?? '');
      const files = [settings(root), inForce].map((file) => `-var-file=${file}`);
      return (await run(root, [...args, ...files], [0, 2])).exitCode === 0;
    },
  };
}
