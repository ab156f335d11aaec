import { parseArgs } from 'node:util';

export interface RehearsalOptions {
  short: boolean;
}

export const help = `Usage: npm run rehearse -- [--short]

Deploys quakewire on the local stack, grows it from 10,000 to 200,000 endpoints, loses a count, shrinks it, rolls it back,
and lets every accident happen that a delivery can meet. An alert is dispatched in the midst of each step; what
the ledger says is held against what the providers' sinks got.

  --short   a snapshot, one growth, a failed count and two accidents
  --help    this text

Exit code 0: everything ended as it must; 1: something did not, or a part failed; 2: a wrong option.
`;

/** @returns the options, `'help'`, or the one line that says what is wrong. */
export function parseOptions(args: readonly string[]): RehearsalOptions | 'help' | { problem: string } {
  try {
    const options = { short: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } as const;
    const { values } = parseArgs({ args: [...args], options });
    return values.help ? 'help' : { short: values.short };
  } catch (error) {
    return { problem: `${(error as Error).message.split('\n')[0]} Try --help.` };
  }
}
