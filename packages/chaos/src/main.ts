import { writeFile } from 'node:fs/promises';
import { createTerminal } from '@quakewire/demo';
import { onInterrupt } from '@quakewire/local-stack';
import { createChaos } from './create-chaos.ts';
import { type ChaosOptions, help, parseOptions } from './options.ts';

/** Runs all earthquakes. @returns how many of them broke a promise. */
async function chaos(options: ChaosOptions): Promise<number> {
  const terminal = createTerminal(process.stdout, () => performance.now());
  let stop = async (): Promise<void> => undefined;
  onInterrupt(() => stop());
  const started = await createChaos(options, terminal);
  stop = started.stop;
  try {
    const broken = started.stack.broken.then((reason) => Promise.reject(new Error(reason)));
    const runs = await Promise.race([started.run(), broken]);
    if (options.json) await writeFile(options.json, `${JSON.stringify(runs, null, 2)}\n`);
    return runs.filter(({ verdict }) => verdict.problems.length > 0).length;
  } finally {
    await started.stop();
  }
}

/** `npm run chaos`. Exit codes: 0 every promise kept, 1 one was not or a step failed, 2 a wrong option. */
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
  const failed = await chaos(options);
  process.stdout.write(`${options.runs} runs, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

/** What still waits when a step has failed (faults to come, polls) is not waited for. */
main().then(
  (code) => process.exit(code),
  (error: Error) => {
    process.stderr.write(`The chaos run failed: ${error.message}\n`);
    process.exit(1);
  },
);
