import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundleLambda } from '../../../../scripts/build/bundle-lambda.ts';
import { type Lambda, lambdas } from '../../../../scripts/build/lambdas.ts';
import { startAwsStandIn } from './aws-stand-in.ts';
import { functionEnvironment } from './function-environment.ts';
import { bareHandshakes, importingModule, libraryImportsOf } from './library-imports.ts';

const run = promisify(execFile);
const rootFolder = resolve(import.meta.dirname, '../../../..');
const rounds = 9;
/** What our own code may add to what the bare libraries take for the same. */
const allowanceMs = 20;

/**
 * Prints a row a function: its init, the import of its libraries alone, the same with the reads of its init by the bare
 * libraries, and what is left for our own code. True when that is allowed everywhere.
 */
export async function benchInit(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'quakewire-bench-'));
  const aws = await startAwsStandIn();
  console.log('median of 9 fresh processes each, in turn; ms'.padEnd(50));
  console.log('function                init   libraries   libraries + reads    ours');
  try {
    let isWithin = true;
    for (const lambda of lambdas) {
      const { init, libraries, reads } = await measure(lambda, folder, aws.url);
      const oursMs = init - reads;
      isWithin &&= oursMs <= allowanceMs;
      const cells = [init.toFixed(0).padStart(8), libraries.toFixed(0).padStart(12), reads.toFixed(0).padStart(20)];
      const verdict = oursMs > allowanceMs ? `  ABOVE ${allowanceMs}` : '';
      console.log(`${lambda.name.padEnd(20)}${cells.join('')}${oursMs.toFixed(0).padStart(8)}${verdict}`);
    }
    return isWithin;
  } finally {
    aws.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Kind = 'init' | 'libraries' | 'reads';

async function measure(lambda: Lambda, folder: string, awsUrl: string): Promise<Record<Kind, number>> {
  const whole = await bundleLambda(lambda.entry, rootFolder);
  const own = whole.inputs.filter((file) => file.startsWith('packages/')).map((file) => join(rootFolder, file));
  const imports = importingModule(own.flatMap(libraryImportsOf));
  const codes: Record<Kind, Uint8Array> = {
    init: whole.code,
    libraries: await bundleBeside(lambda, imports),
    reads: await bundleBeside(lambda, imports + bareHandshakes(...initReads(lambda.name))),
  };
  const environment = functionEnvironment(lambda.name, awsUrl);
  const times: Record<Kind, number[]> = { init: [], libraries: [], reads: [] };
  const kinds = Object.keys(codes) as Kind[];
  const fileOf = (kind: Kind) => join(folder, `${lambda.name}-${kind}.mjs`);
  for (const kind of kinds) writeFileSync(fileOf(kind), codes[kind]);
  for (let round = 0; round < rounds; round++)
    for (const kind of kinds) times[kind].push(await importMs(fileOf(kind), environment));
  return { init: median(times.init), libraries: median(times.libraries), reads: median(times.reads) };
}

/** In a file beside the function's entry for a moment, so that its libraries resolve as they do for the function. */
async function bundleBeside(lambda: Lambda, source: string): Promise<Uint8Array> {
  const entry = join(rootFolder, lambda.entry.replace(/[^/]+$/, `.bench-${lambda.name}.ts`));
  writeFileSync(entry, source);
  const { code } = await bundleLambda(entry, rootFolder).finally(() => rmSync(entry));
  return code;
}

function initReads(name: string): [secretIds: string[], opensTables: boolean] {
  if (name === 'segmenter') return [[], false];
  if (name === 'producer' || name === 'ingest') return [['kafka-producer'], false];
  return [['address-key', name.replace('consumer-', 'provider-')], true];
}

async function importMs(file: string, environment: Record<string, string>): Promise<number> {
  const script = `const t=performance.now();await import(${JSON.stringify(pathToFileURL(file).href)});console.log(performance.now()-t);process.exit()`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env: environment });
  return Number(stdout.trim());
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
