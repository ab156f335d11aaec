import { DeploymentError, UnusableSnapshotError } from '@quakewire/deployment';
import { ActError, InputError, PolicyError } from '@quakewire/scaling';
import { print, say } from './open-delivery.ts';

/**
 * Runs one command. What is wrong is said for a person, never as a stack.
 * @returns Exit code: 0 done, 1 failed or refused, 2 wrong usage or input (nothing was written), 3 done but some channels are held.
 */
export async function runDelivery(
  args: readonly string[],
  help: string,
  run: (args: readonly string[]) => Promise<number>,
): Promise<number> {
  if (args.includes('--help')) {
    print(help);
    return 0;
  }
  try {
    return await run(args);
  } catch (error) {
    const { message, stack } = error as Error;
    const isInput = [InputError, PolicyError, ActError, UnusableSnapshotError].some((kind) => error instanceof kind);
    say(isInput || error instanceof DeploymentError ? message : (stack ?? message));
    return isInput ? 2 : 1;
  }
}

/** The last line of a run that is red although everything that could be trusted was applied. */
export function exitCodeOf(holds: readonly string[]): number {
  for (const hold of holds) say(`Held: ${hold}`);
  return holds.length === 0 ? 0 : 3;
}
