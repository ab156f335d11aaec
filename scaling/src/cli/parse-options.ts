import { parseArgs } from 'node:util';
import { InputError } from './input-error.ts';

/** Options of a command: `file` takes a value, `files` may be repeated, `flag` takes none. */
export type OptionKinds = Readonly<Record<string, 'required' | 'optional' | 'files' | 'flag'>>;

export type Options<Kinds extends OptionKinds> = {
  [Name in keyof Kinds]: Kinds[Name] extends 'required'
    ? string
    : Kinds[Name] extends 'optional'
      ? string | undefined
      : Kinds[Name] extends 'files'
        ? string[]
        : boolean;
};

/** @throws {InputError} For an unknown, missing or incomplete option, in one line. */
export function parseOptions<Kinds extends OptionKinds>(args: readonly string[], kinds: Kinds): Options<Kinds> {
  const values = parseStrictly(args, kinds);
  for (const [name, kind] of Object.entries(kinds)) {
    if (kind === 'required' && values[name] === undefined) throw new InputError(`--${name} is required; see --help`);
    if (kind === 'flag') values[name] ??= false;
    if (kind === 'files') values[name] ??= [];
  }
  return values as Options<Kinds>;
}

function parseStrictly(args: readonly string[], kinds: OptionKinds): Record<string, unknown> {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: kind === 'files' },
    ]),
  );
  try {
    return { ...parseArgs({ args: [...args], options }).values };
  } catch (error) {
    throw new InputError(`${(error as Error).message.split('\n')[0]}; see --help`);
  }
}
