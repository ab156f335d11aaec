import { parseArgs } from 'node:util';
import { UsageError } from '../reports/usage-error.ts';

export interface FuzzOptions {
  count: number;
  seed: number;
  /** The first input's number, to see one again. */
  from: number;
}

/** @throws UsageError */
export function readFuzzOptions(args: readonly string[]): FuzzOptions | 'help' {
  const values = parsed(args);
  if (values.help) return 'help';
  return {
    count: wholeNumber(values.count, '--count', 1),
    seed: wholeNumber(values.seed, '--seed', 0),
    from: wholeNumber(values.from, '--from', 0),
  };
}

function parsed(args: readonly string[]) {
  try {
    const options = {
      count: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new UsageError('There is an unknown option, or one without its value.');
  }
}

function wholeNumber(value: string, name: string, least: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least)) throw new UsageError(`${name} must be a whole number from ${least} to 999999999.`);
  return number;
}
