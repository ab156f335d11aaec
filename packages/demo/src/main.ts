import { writeFile } from 'node:fs/promises';
import { onInterrupt } from '@quakewire/local-stack';
import { formatReport } from './format-report.ts';
import { help, parseOptions } from './options.ts';
import { createDemo } from './run-demo.ts';
import { createTerminal } from './terminal.ts';

/** `npm run demo`. Exit codes: 0 everything adds up, 1 it does not, a plan is not empty or a step failed, 2 a wrong option. */
async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(help);
    return 0;
  }
  if ('problem' in options) {
    console.error(options.problem);
    return 2;
  }
  const terminal = createTerminal(process.stdout, () => performance.now());
  let stop = async (): Promise<void> => undefined;
  onInterrupt(() => stop());
  const demo = await createDemo(options, terminal);
  stop = demo.stop;
  try {
    const report = await Promise.race([
      demo.run(),
      demo.stack.broken.then((reason) => Promise.reject(new Error(reason))),
    ]);
    console.log(formatReport(report));
    if (options.json) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
    if (options.keep) {
      terminal.line(
        'the stack stays up until Ctrl-C (--keep); for npm run alert-report and audit in another terminal:',
      );
      for (const [name, value] of Object.entries(demo.stack.environment))
        if (name.startsWith('AWS_')) terminal.line(`  export ${name}='${value}'`);
      await demo.stack.broken;
    }
    return report.addsUp && report.plansEmpty ? 0 : 1;
  } finally {
    await demo.stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`The demo failed: ${(error as Error).message}`);
  process.exitCode = 1;
}
