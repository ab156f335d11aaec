import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type FaultKind, faultKinds } from './faults.ts';

const wholeNumber = (minimum: number, maximum: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(minimum).max(maximum));

const optionsSchema = z.strictObject({
  seeds: wholeNumber(1, 100_000_000),
  from: wholeNumber(0, 4_294_967_295),
  jobs: wholeNumber(1, 64),
  only: z.enum(faultKinds).optional(),
  mutants: z.boolean(),
  mutant: z.string().min(1).optional(),
  log: z.boolean(),
});

export interface SimulateOptions {
  seeds: number;
  /** The first seed. */
  from: number;
  /** Threads. */
  jobs: number;
  only: FaultKind | undefined;
  /** Plant the mutants instead, and look for each with at most `seeds` seeds. */
  mutants: boolean;
  /** Part of the names of the mutants to plant. */
  mutant: string | undefined;
  /** Print the log of the first seed. */
  log: boolean;
}

const expected: Record<string, string> = {
  seeds: 'a whole number from 1 to 100000000',
  from: 'a whole number from 0 to 4294967295',
  jobs: 'a whole number from 1 to 64',
  only: `one of: ${faultKinds.join(', ')}`,
  mutant: 'part of the name of a mutant',
};

const seedsByDefault = 1_000;
/** A mutant that so many seeds do not find shows that the simulation cannot see it. */
const seedsPerMutant = 5_000;

export const help = `Usage: npm run simulate -- [options]

Runs producer, Kafka, consumers, stores and providers as the product's own code in virtual time, lets things go wrong by
seed, and checks after each run that nobody was missed, told twice or miscounted.

  --seeds N      how many seeds (default ${seedsByDefault}); with --mutants the most for each mutant (default ${seedsPerMutant})
  --from S       the first seed (default 1)
  --jobs J       threads (default: as many as there are cores)
  --only FAULT   nothing goes wrong but this, always:
                 ${faultKinds.slice(0, 8).join(', ')},
                 ${faultKinds.slice(8, 14).join(', ')},
                 ${faultKinds.slice(14).join(', ')}
  --log          print the log of the first seed, event by event, and stop
  --mutants      plant known faults into the product's code, one by one, and look for each
  --mutant NAME  only those whose name contains NAME
  --help         this text

The last line counts: "N seeds, N failed" or "N mutants, N found". Exit code 0 when none failed or all were found, 1 when
not, 2 for a wrong option.
`;

/** @returns the options, `'help'`, or the one line that says what is wrong. */
export function parseOptions(args: readonly string[]): SimulateOptions | 'help' | { problem: string } {
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        seeds: { type: 'string' },
        from: { type: 'string', default: '1' },
        jobs: { type: 'string', default: String(availableParallelism()) },
        only: { type: 'string' },
        mutants: { type: 'boolean', default: false },
        mutant: { type: 'string' },
        log: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return { problem: `${(error as Error).message.split('\n')[0]} Try --help.` };
  }
  const { help: wantsHelp, ...rest } = values;
  if (wantsHelp) return 'help';
  const isMutants = rest.mutants === true || rest.mutant !== undefined;
  const seeds = rest.seeds ?? String(isMutants ? seedsPerMutant : seedsByDefault);
  const result = optionsSchema.safeParse({ ...rest, seeds });
  if (!result.success) {
    const name = String(result.error.issues[0]?.path[0]);
    return { problem: `--${name} must be ${expected[name]}.` };
  }
  const { only, mutant, ...others } = result.data;
  return { ...others, only, mutant, mutants: isMutants };
}
