// Random seeds of the simulation, each night (simulate.yml); what fails becomes an issue with its seed, by `gh`.
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { nightlyIssue, runSeeds } from '@quakewire/simulation';

const seedsByDefault = 200_000;
const help = `Usage: node scripts/with-node22.mjs scripts/simulate-nightly.ts [--open-issue] [SEEDS]

Runs SEEDS (default ${seedsByDefault}) seeds from a random one on. With --open-issue, seeds that fail become an issue of the
checkout's repository, by \`gh\`.
`;

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(help);
  process.exit(0);
}
const mayOpenIssue = args.includes('--open-issue');
const seeds = Number(args.find((arg) => arg !== '--open-issue') ?? seedsByDefault);
if (!Number.isInteger(seeds) || seeds < 1) {
  console.error('SEEDS must be a whole number from 1. Try --help.');
  process.exit(2);
}

const from = randomInt(2 ** 32 - seeds);
console.log(`seeds ${from} to ${from + seeds - 1}`);
let saidAt = 0;
const failed = await runSeeds({ from, seeds, jobs: availableParallelism() }, ({ ran }) => {
  if (ran - saidAt < 10_000) return;
  saidAt = ran;
  console.log(`${ran} of ${seeds} seeds`);
});
console.log(`${seeds} seeds, ${failed.length} failed`);
if (failed.length > 0) {
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  const { title, body } = nightlyIssue(failed, commit);
  console.log(`${title}\n${body}`);
  if (mayOpenIssue) execFileSync('gh', ['issue', 'create', '--title', title, '--body-file', '-'], { input: body });
  process.exitCode = 1;
}
