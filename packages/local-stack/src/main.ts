import { describeStack } from './describe-stack.ts';
import { onInterrupt } from './processes/on-interrupt.ts';
import { ArgumentError, helpText, readArguments, type StackArguments } from './read-arguments.ts';
import { startStack } from './start-stack.ts';

/** `npm run stack`: the local stack for development, up until Ctrl-C. Exit codes: 2 wrong arguments, 1 failed. */
async function main(given: StackArguments): Promise<number> {
  if (given.kind === 'help') {
    console.log(helpText());
    return 0;
  }
  // A signal during the start leaves by process.exit(): whatever was started by then is ended by the exit hook.
  let stop = (): Promise<void> => Promise.resolve();
  onInterrupt(async (reason) => {
    console.log(`\nstopping (${reason}) ...`);
    await stop();
    console.log('stopped, nothing is left running');
  });
  const stack = await startStack({ ...given.options, ownerName: 'npm run stack', log: (line) => console.log(line) });
  stop = stack.stop;
  console.log(`\n${describeStack(stack)}\nCtrl-C stops everything.`);
  const reason = await keepAlive(stack.broken);
  console.error(`${reason}: stopping the others`);
  await stack.stop();
  return 1;
}

/** Nothing else holds this process: its children are detached and its logs are files. */
async function keepAlive<T>(until: Promise<T>): Promise<T> {
  const timer = setInterval(() => undefined, 60_000);
  return until.finally(() => clearInterval(timer));
}

try {
  process.exitCode = await main(readArguments(process.argv.slice(2)));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = error instanceof ArgumentError ? 2 : 1;
}
