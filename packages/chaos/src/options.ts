import { parseArgs } from 'node:util';
import * as z from 'zod';

const wholeNumber = (minimum: number, maximum: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(minimum).max(maximum));

const optionsSchema = z.strictObject({
  runs: wholeNumber(1, 1000),
  seed: wholeNumber(0, 4_294_966_295),
  endpoints: wholeNumber(100, 1_000_000),
  json: z.string().min(1).optional(),
});

export interface ChaosOptions {
  runs: number;
  /** Of the first run; each further one has the next. */
  seed: number;
  endpoints: number;
  /** File for what was found, as JSON. */
  json?: string | undefined;
}

/** What each option must be, for the one line that a wrong one gets. */
const expected: Record<string, string> = {
  runs: 'a whole number from 1 to 1000',
  seed: 'a whole number from 0 to 4294966295',
  endpoints: 'a whole number from 100 to 1000000',
  json: 'a file name',
};

export const help = `Usage: npm run chaos -- [options]

An earthquake a run on the local stack, while consumers, the leader and the broker are killed, functions are frozen until
they time out, tables and providers throttle, providers answer errors, hang and go away, and the alert is cancelled in the
middle. Each run ends with the ledger beside the providers' own count, and what of the promises did not hold.

  --runs N        earthquakes, one after the other (default 1)
  --seed S        seed of the first run's schedule of faults; the next runs have the next ones (default 1)
  --endpoints N   endpoints on the four channels together (default 20000)
  --json FILE     also write what was found as JSON
  --help          this text

The last line counts: "N runs, N failed". Exit code 0 when none failed, 1 when one did or a step failed, 2 for a wrong
option.
`;

/** @returns the options, `'help'`, or the one line that says what is wrong. */
export function parseOptions(args: readonly string[]): ChaosOptions | 'help' | { problem: string } {
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        endpoints: { type: 'string', default: '20000' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return { problem: `${(error as Error).message.split('\n')[0]} Try --help.` };
  }
  const { help: wantsHelp, ...rest } = values;
  if (wantsHelp) return 'help';
  const result = optionsSchema.safeParse(rest);
  if (result.success) return result.data;
  const name = String(result.error.issues[0]?.path[0]);
  return { problem: `--${name} must be ${expected[name]}.` };
}
