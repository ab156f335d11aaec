import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type QuakeName, quakeNames } from './quakes.ts';

const wholeNumber = (minimum: number, maximum: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(minimum).max(maximum));

const optionsSchema = z.strictObject({
  subscribers: wholeNumber(1, 1_000_000),
  quake: z.enum(quakeNames),
  seed: wholeNumber(0, 4_294_967_295),
  json: z.string().min(1).optional(),
  keep: z.boolean(),
  'real-limits': z.boolean(),
});

export interface DemoOptions {
  subscribers: number;
  quake: QuakeName;
  seed: number;
  /** File for the report as JSON. */
  json: string | undefined;
  /** Leave the stack running after the report, until Ctrl-C. */
  keep: boolean;
  /** Providers at the rates that they really allow. */
  realLimits: boolean;
}

/** What each option must be, for the one line that a wrong one gets. */
const expected: Record<string, string> = {
  subscribers: 'a whole number from 1 to 1000000',
  quake: `one of: ${quakeNames.join(', ')}`,
  seed: 'a whole number from 0 to 4294967295',
  json: 'a file name',
};

export const help = `Usage: npm run demo -- [options]

From an earthquake to its subscribers, through a real Kafka, real Lambda zips and a real terraform apply. vrancea-1977 is a
reconstruction, an exercise, by an institute's signed bulletins: early warnings with their lead times, updates, a cancel.
marmara-2025 was recorded, by the public feeds: one notification, minutes later.

  --subscribers N   subscribers to seed, 1 to 1000000 (default 10000)
  --quake NAME      the earthquake: ${quakeNames.join(', ')} (default vrancea-1977)
  --seed N          seed of the subscribers and of the sinks' faults (default 1)
  --real-limits     providers at the rates they really allow (Telegram 30 messages a second, ...)
  --json FILE       also write the report as JSON
  --keep            keep the stack running after the report, until Ctrl-C
  --help            this text

Exit code 0 only when every number of the report adds up and a second plan finds nothing to change; 1 when not, or when a
step failed; 2 for a wrong option.
`;

/** @returns the options, `'help'`, or the one line that says what is wrong. */
export function parseOptions(args: readonly string[]): DemoOptions | 'help' | { problem: string } {
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        subscribers: { type: 'string', default: '10000' },
        quake: { type: 'string', default: 'vrancea-1977' },
        seed: { type: 'string', default: '1' },
        json: { type: 'string' },
        keep: { type: 'boolean', default: false },
        'real-limits': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return { problem: `${(error as Error).message.split('\n')[0]} Try --help.` };
  }
  const { help: wantsHelp, ...rest } = values;
  if (wantsHelp) return 'help';
  const result = optionsSchema.safeParse(rest);
  if (!result.success) {
    const name = String(result.error.issues[0]?.path[0]);
    return { problem: `--${name} must be ${expected[name]}.` };
  }
  const { subscribers, quake, seed, json, keep, 'real-limits': realLimits } = result.data;
  return { subscribers, quake, seed, json, keep, realLimits };
}
