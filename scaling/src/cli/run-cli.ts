import { ActError } from '../act/act-error.ts';
import { PolicyError } from '../decide/parse-policy.ts';
import type { CliContext, Command } from './cli-context.ts';
import { decideCommand } from './decide-command.ts';
import { help } from './help.ts';
import { InputError } from './input-error.ts';
import { observeCommand } from './observe-command.ts';
import { pauseCommand, resumeCommand } from './pause-command.ts';

const commands: ReadonlyMap<string | undefined, Command> = new Map([
  ['decide', decideCommand],
  ['observe', observeCommand],
  ['pause', pauseCommand],
  ['resume', resumeCommand],
]);

/** Runs one of the commands that need no Terraform and returns the exit code: what is wrong with an input is one sentence, never a stack. */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  const [name, ...rest] = args;
  if (args.includes('--help') || args.length === 0) {
    context.print(help);
    return 0;
  }
  const command = commands.get(name);
  try {
    if (command === undefined)
      throw new InputError(`no command ${name}: decide, observe, run, pause or resume; see --help`);
    return await command(rest, context);
  } catch (error) {
    context.say((error as Error).message);
    return [InputError, PolicyError, ActError].some((refusal) => error instanceof refusal) ? 2 : 1;
  }
}
