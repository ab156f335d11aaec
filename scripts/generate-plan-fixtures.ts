// Plans for the plan guard's tests, made by the real Terraform against the local stack: packages/deployment/fixtures.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { defaultDataFolder, onInterrupt, projectFolder, type Stack, startStack } from '@quakewire/local-stack';
import { strToU8, zipSync } from 'fflate';
import { drifts, importBlocks, type PlanFixture, plansBeforeApply, plansOfApplied } from './fixtures/plan-fixtures.ts';

const help = `Usage: node scripts/with-node22.mjs scripts/generate-plan-fixtures.ts

Makes packages/deployment/fixtures/plans anew with the real Terraform on the local stack. It takes a few minutes.
`;

if (process.argv.includes('--help')) {
  console.log(help);
  process.exit(0);
}

// Waited for, not blocked on: the gateway that Terraform talks to lives in this process.
const runFile = promisify(execFile);
const fixtures = join(projectFolder, 'packages/deployment/fixtures');
const stack = await startStack({ dataFolder: defaultDataFolder('fixtures'), ownerName: 'generate-plan-fixtures' });
onInterrupt(() => stack.stop());
try {
  const zips = await uploadZips(stack);
  const run = await createRunner(stack, zips);
  const plans = join(fixtures, 'plans');
  rmSync(plans, { recursive: true, force: true });
  mkdirSync(plans, { recursive: true });
  const write = async (fixture: PlanFixture, state: string) => {
    console.log(fixture.name);
    writeFileSync(join(plans, `${fixture.name}.json.gz`), gzipSync(await run.plan(fixture, state), { level: 9 }));
  };
  for (const fixture of plansBeforeApply) await write(fixture, 'empty');
  await run.apply('base');
  for (const fixture of plansOfApplied) await write(fixture, 'base');
  await write({ name: 'import', main: (main) => main + importBlocks(run.mappingIds('base')), variables: {} }, 'empty');
  for (const { change, plans: after } of drifts) {
    // The same installation with another memory of it: what one changes, the other finds changed outside.
    run.copyState('base', 'other');
    await run.apply('other', change);
    for (const fixture of after) await write(fixture, 'base');
  }
} finally {
  await stack.stop();
}

/** Two zips of one function, as two builds would leave them. */
async function uploadZips({ environment }: Stack): Promise<Record<string, string>> {
  Object.assign(process.env, environment);
  const s3 = new S3Client();
  await s3.send(new CreateBucketCommand({ Bucket: 'fixture-zips' }));
  const hashes: Record<string, string> = {};
  for (const key of ['first.zip', 'second.zip']) {
    const zip = zipSync(
      { 'index.mjs': strToU8(`export const handler = async () => '${key}';\n`) },
      { mtime: '2026-01-01' },
    );
    await s3.send(new PutObjectCommand({ Bucket: 'fixture-zips', Key: key, Body: zip }));
    hashes[key] = createHash('sha256').update(zip).digest('base64');
  }
  s3.destroy();
  return hashes;
}

async function createRunner(local: Stack, zips: Record<string, string>) {
  const base = join(local.dataFolder, 'root');
  const states = join(local.dataFolder, 'states');
  const stateFile = (name: string) => join(states, `${name}.tfstate`);
  const original = readFileSync(join(fixtures, 'root/main.tf'), 'utf8');
  mkdirSync(states, { recursive: true });
  cpSync(join(fixtures, 'root'), base, { recursive: true });
  await terraform(['init', '-input=false']);

  async function terraform(args: readonly string[], accepted = [0]): Promise<string> {
    const { HOME = '', PATH = '' } = process.env;
    const env = { HOME, PATH, TF_CLI_ARGS: '-no-color', ...local.environment };
    try {
      return (await runFile('terraform', args, { cwd: base, env, maxBuffer: 2 ** 28 })).stdout;
    } catch (error) {
      const { code, stdout, stderr } = error as { code?: number | string; stdout?: string; stderr?: string };
      if (stdout !== undefined && accepted.includes(Number(code))) return stdout;
      throw new Error(`terraform ${args.join(' ')} failed (${code})\n${stdout}\n${stderr}`);
    }
  }

  /** A module under another name must be made known before Terraform plans with it. */
  async function useMain(change: PlanFixture['main'] = (same) => same): Promise<void> {
    const main = change(original);
    if (main === readFileSync(join(base, 'main.tf'), 'utf8')) return;
    writeFileSync(join(base, 'main.tf'), main);
    await terraform(['get']);
  }

  function variablesOf(variables: PlanFixture['variables']): string[] {
    const zipKey = String(variables.zip_key ?? 'first.zip');
    const all = { zip_hash: zips[zipKey] ?? '', ...variables };
    return Object.entries(all).map(
      ([name, value]) => `-var=${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
  }

  return {
    /** @returns the plan as JSON, as `terraform show -json` prints it. */
    async plan({ main, variables, args = [], mayFail = false }: PlanFixture, state: string): Promise<string> {
      await useMain(main);
      const file = join(states, 'plan');
      // A plan reads the state and never writes it.
      const options = [
        '-input=false',
        `-state=${stateFile(state)}`,
        `-out=${file}`,
        ...args,
        ...variablesOf(variables),
      ];
      await terraform(['plan', ...options], mayFail ? [0, 1] : [0]);
      return await terraform(['show', '-json', file]);
    },
    async apply(
      state: string,
      { main, variables, args = [] }: Omit<PlanFixture, 'name'> = { variables: {} },
    ): Promise<void> {
      writeFileSync(join(base, 'main.tf'), main ? main(original) : original);
      await terraform([
        'apply',
        '-input=false',
        '-auto-approve',
        `-state=${stateFile(state)}`,
        ...args,
        ...variablesOf(variables),
      ]);
    },
    copyState: (from: string, to: string) => cpSync(stateFile(from), stateFile(to)),
    /** Ids of the event source mappings, which nobody can know beforehand. */
    mappingIds(state: string): Record<string, string> {
      const { resources } = JSON.parse(readFileSync(stateFile(state), 'utf8'));
      const mappings = resources.find(({ type }: { type: string }) => type === 'aws_lambda_event_source_mapping');
      return Object.fromEntries(
        mappings.instances.map(({ index_key, attributes }: { index_key: string; attributes: { uuid: string } }) => [
          index_key,
          attributes.uuid,
        ]),
      );
    },
  };
}
