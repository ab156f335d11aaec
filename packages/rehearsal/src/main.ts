import { createTerminal } from '@quakewire/demo';
import { onInterrupt } from '@quakewire/local-stack';
import { openStage } from './open-stage.ts';
import { help, parseOptions } from './options.ts';
import { rehearse, rehearseShortly } from './rehearse.ts';

/** `npm run rehearse`. Exit codes: 0 everything ended as it must, 1 something did not, 2 a wrong option. */
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
  const stage = await openStage(options.short, terminal);
  stop = stage.stop;
  try {
    const broken = stage.stack.broken.then((reason) => Promise.reject(new Error(reason)));
    const world = await Promise.race([stage.deploy(), broken]);
    await Promise.race([options.short ? rehearseShortly(world) : rehearse(world), broken]);
    terminal.line('');
    terminal.line('The rehearsal passed: every step and every accident ended as it must, and nobody was lost.');
    return 0;
  } catch (error) {
    // Said before everything is stopped, which makes others fail.
    terminal.line(`FAILED: ${(error as Error).message}`);
    return 1;
  } finally {
    await stage.stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`The rehearsal failed: ${(error as Error).message}`);
  process.exitCode = 1;
}
