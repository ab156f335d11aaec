import { help, parseOptions, type SimulateOptions } from './options.ts';
import { type MutantSought, runMutants } from './run-mutants.ts';
import { type Progress, runSeeds } from './run-seeds.ts';
import type { Simulated } from './simulate-seed.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function describe({ seed, broken, faults, lastedMs }: Simulated): string {
  const shown = broken.slice(0, 5).map((line) => `  ${line}`);
  const more = broken.length > 5 ? [`  and ${broken.length - 5} more`] : [];
  const schedule = faults.map((fault) => `    ${JSON.stringify(fault)}`);
  const took = `  with these ${faults.length} faults, in ${(lastedMs / 1000).toFixed(1)} s of virtual time:`;
  return [`seed ${seed} failed`, ...shown, ...more, took, ...schedule].join('\n');
}

/** Says how far it is, at most every few seconds. */
function createMeter(seeds: number): (progress: Progress) => void {
  const startedMs = performance.now();
  let saidMs = startedMs;
  let failures = 0;
  return ({ ran, failed }) => {
    failures += failed.length;
    for (const simulated of failed) print(describe(simulated));
    const nowMs = performance.now();
    if (nowMs - saidMs < 5_000 && ran < seeds) return;
    saidMs = nowMs;
    const perSecond = Math.round((1000 * ran) / (nowMs - startedMs));
    print(`${ran} of ${seeds} seeds, ${failures} failed, ${perSecond} a second`);
  };
}

async function simulate(options: SimulateOptions): Promise<number> {
  const failed = await runSeeds(options, createMeter(options.seeds));
  if (failed.length > 0) print(`failed: ${failed.map(({ seed }) => seed).join(' ')}`);
  print(`${options.seeds} seeds, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

function sayMutant({ mutant, found, ran }: MutantSought): void {
  const name = `mutant ${mutant.number} (${mutant.name})`;
  print(found ? `${name}: found by seed ${found.seed}: ${found.broken[0]}` : `${name}: NOT FOUND by ${ran} seeds`);
}

async function seekMutants({ from, seeds, jobs, mutant }: SimulateOptions): Promise<number> {
  const sought = await runMutants({ from, seeds, jobs, name: mutant }, sayMutant);
  const found = sought.filter((result) => result.found).length;
  print(`${sought.length} mutants, ${found} found`);
  return found === sought.length ? 0 : 1;
}

/** `npm run simulate`. */
async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(help);
    return 0;
  }
  if ('problem' in options) {
    process.stderr.write(`${options.problem}\n`);
    return 2;
  }
  if (options.mutants) return seekMutants(options);
  if (!options.log) return simulate(options);
  // The seeds are run in threads: only here this thread needs the product's code, too.
  const { simulateSeed } = await import('./simulate-seed.ts');
  const simulated = await simulateSeed(options.from, { only: options.only, trace: print });
  print(simulated.broken.length > 0 ? describe(simulated) : `seed ${options.from} passed`);
  return simulated.broken.length > 0 ? 1 : 0;
}

process.exitCode = await main();
