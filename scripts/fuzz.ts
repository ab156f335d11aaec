import { type FuzzOptions, readFuzzOptions } from './fuzz/options.ts';
import { type Fault, runFuzz } from './fuzz/run-fuzz.ts';
import { targets } from './fuzz/targets.ts';
import { runCommand } from './reports/run-command.ts';

const help = `Usage: npm run fuzz -- [options]

Feeds mutated recordings to every parser, and what they accept to association and policy. Nothing may crash or hang, no
bulletin be absurd, and no mutated retraction, test or other event cause an alert.

  --count N    inputs (default 100000), in turn for: ${targets.map(({ name }) => name).join(', ')}
  --seed N     other mutations (default 1)
  --from N     the first input's number (default 0); with --count 1 a finding is seen again
  --help       this text

Exit code 0: nothing found; 1: something found; 2: wrong arguments.
`;

const faultsShown = 10;

async function run({ count, seed, from }: FuzzOptions): Promise<string> {
  const startedAt = performance.now();
  const { done, faults, hungAfter } = await runFuzz({ seed, from, to: from + count }, showProgress(count));
  const seconds = (performance.now() - startedAt) / 1000;
  if (hungAfter !== undefined)
    throw new Error(`hung on one of the 500 inputs from --seed ${seed} --from ${hungAfter} on`);
  if (faults.length > 0)
    throw new Error(
      faults
        .slice(0, faultsShown)
        .map((fault) => describe(fault, seed))
        .join('\n'),
    );
  return `${done} mutated inputs on ${targets.length} parsers in ${seconds.toFixed(0)} s: no crash, no hang, no false alert\n`;
}

const describe = ({ target, fault, number, text }: Fault, seed: number): string =>
  `${target}: ${fault} (--seed ${seed} --from ${number} --count 1)\n  ${text.slice(0, 500)}`;

function showProgress(count: number): (done: number) => void {
  let shown = 0;
  return (done) => {
    if (!process.stderr.isTTY || done - shown < count / 100) return;
    shown = done;
    process.stderr.write(`\r${Math.round((done / count) * 100)} %`);
  };
}

process.exitCode = await runCommand({ name: 'fuzz', help, readOptions: readFuzzOptions, run }, process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  say: (sentence) => console.error(sentence),
});
