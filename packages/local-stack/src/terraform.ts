import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { projectFolder } from './folders.ts';
import type { Processes } from './processes/create-processes.ts';
import { lastLines } from './processes/wait-until-healthy.ts';
import { withoutProviderHashes } from './terraform-lock.ts';
import { kafkaProvider } from './toolchain/terraform-providers.ts';

export interface TerraformOptions {
  /** The stack's variables (`stack.environment`). Of the machine's own only what Terraform needs to run is passed on. */
  readonly environment: Readonly<Record<string, string>>;
  /** The stack's data folder: working copy, provider data and logs go below it. */
  readonly dataFolder: string;
  readonly processes: Processes;
  /** Variable files for every command; each is copied into the working copy, so its name must end in `.auto.tfvars.json` or `.auto.tfvars`. */
  readonly autoVariableFiles?: readonly string[];
  /** Exit codes that are an answer, not a failure: [0, 2] for `plan -detailed-exitcode`. */
  readonly acceptedExitCodes?: readonly number[];
}

export interface TerraformResult {
  readonly exitCode: number;
  /** What this command wrote to standard output. */
  readonly output: string;
  /** What it wrote to standard error. */
  readonly errors: string;
  readonly durationMs: number;
  readonly logFile: string;
}

const INHERITED = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTPS_PROXY',
  'https_proxy',
  'NO_PROXY',
  'no_proxy',
];
/** Seen once in 209 plans under load: the provider asks before the broker's connection is up. */
const BROKER_NOT_CONNECTED = /kafka: broker not connected/;

/** The last command in each folder: the next one writes its sources and outputs over, and waits. */
const lastIn = new Map<string, Promise<unknown>>();

/**
 * Runs Terraform in a copy of one root (`topics`, `pipeline`, `bootstrap`), so that the committed lock files and the
 * checkout stay as they are; one command after the other. Answers exit code and output; any other exit code is an error
 * with the output's last lines.
 */
export function terraform(root: string, args: readonly string[], options: TerraformOptions): Promise<TerraformResult> {
  const folder = join(options.dataFolder, 'terraform', root);
  const before = lastIn.get(folder) ?? Promise.resolve();
  const result = before.catch(() => undefined).then(() => runIn(folder, root, args, options));
  lastIn.set(folder, result);
  return result;
}

async function runIn(
  folder: string,
  root: string,
  args: readonly string[],
  options: TerraformOptions,
): Promise<TerraformResult> {
  const workingFolder = copySources(root, folder, args[0] === 'init');
  for (const file of options.autoVariableFiles ?? []) cpSync(file, join(workingFolder, basename(file)));
  const first = await run(root, args, workingFolder, folder, options);
  // An apply may have done a part already: whoever asked for it decides what is left to do.
  const isWorthAnother = args[0] !== 'apply' && BROKER_NOT_CONNECTED.test(first.errors);
  const result = isWorthAnother ? await run(root, args, workingFolder, folder, options) : first;
  if ((options.acceptedExitCodes ?? [0]).includes(result.exitCode)) return result;
  throw new Error(
    `terraform ${args[0]} of "${root}" failed (exit code ${result.exitCode}). Its log (${result.logFile}) ends with:\n${lastLines(result.logFile, 40)}`,
  );
}

/** Fresh sources for every command; the lock file is taken over at `init` only, because later commands need what init wrote. */
function copySources(root: string, folder: string, isInit: boolean): string {
  const source = join(projectFolder, 'terraform');
  const copy = join(folder, 'source');
  const workingFolder = join(copy, root);
  const lockFile = join(workingFolder, '.terraform.lock.hcl');
  const ownLock = isInit ? undefined : readIfThere(lockFile);
  removeSources(copy, root);
  cpSync(source, copy, {
    recursive: true,
    filter: (path) => !/^\.terraform$|\.auto\.tfvars|\.tfstate/.test(basename(path)),
  });
  // The Kafka provider may be built here, with a hash of its own: the committed hashes of that one provider do not apply.
  const lock = ownLock ?? withoutProviderHashes(readIfThere(lockFile) ?? '', kafkaProvider.source);
  mkdirSync(workingFolder, { recursive: true });
  if (lock === '') rmSync(lockFile, { force: true });
  else writeFileSync(lockFile, lock);
  return workingFolder;
}

/** What Terraform wrote into the root (a local state, its backup) stays: only `bootstrap` has one. */
function removeSources(copy: string, root: string): void {
  for (const path of foldersAndFiles(copy).filter((name) => name !== root))
    rmSync(join(copy, path), { recursive: true });
  for (const path of foldersAndFiles(join(copy, root)).filter((name) => !name.includes('.tfstate'))) {
    rmSync(join(copy, root, path), { recursive: true });
  }
}

function foldersAndFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

async function run(
  root: string,
  args: readonly string[],
  workingFolder: string,
  folder: string,
  options: TerraformOptions,
): Promise<TerraformResult> {
  const outputFile = join(folder, 'last-output.txt');
  const errorsFile = join(folder, 'last-errors.txt');
  const logFile = join(options.dataFolder, 'logs', `terraform-${root}.log`);
  const started = performance.now();
  mkdirSync(dirname(logFile), { recursive: true });
  rmSync(errorsFile, { force: true });
  const child = await options.processes.start({
    name: `terraform-${root}`,
    command: 'terraform',
    args: [...args],
    workingFolder,
    environment: {
      ...inherited(),
      TF_DATA_DIR: join(folder, 'data'),
      TF_CLI_ARGS: '-no-color',
      ...options.environment,
    },
    outputFile,
    logFile: errorsFile,
  });
  const { code } = await child.exited;
  await child.stop();
  const [output, errors] = [readFileSync(outputFile, 'utf8'), readFileSync(errorsFile, 'utf8')];
  appendFileSync(logFile, `\n$ terraform ${args.join(' ')}\n${output}${errors}`);
  return { exitCode: code ?? 1, output, errors, durationMs: performance.now() - started, logFile };
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    INHERITED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
