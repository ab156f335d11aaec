import { parseArgs } from 'node:util';
import { UsageError } from '../reports/usage-error.ts';

export type PolicyOptions =
  | { command: 'init'; region: string }
  | { command: 'put'; file: string; environment: string }
  | { command: 'replay'; files: string[]; policy: string | undefined; afterOriginSeconds: number | undefined };

const options = {
  region: { type: 'string' },
  policy: { type: 'string' },
  after: { type: 'string' },
  environment: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Which options each command takes. */
const taken: Readonly<Record<PolicyOptions['command'], readonly (keyof typeof options)[]>> = {
  init: ['region'],
  put: ['environment'],
  replay: ['policy', 'after'],
};

/** @throws UsageError */
export function readPolicyOptions(args: readonly string[]): PolicyOptions | 'help' {
  const { values, positionals } = parsed(args);
  const [command, ...files] = positionals;
  if (values.help || command === undefined) return 'help';
  if (!isCommand(command)) throw new UsageError('The command must be init, put or replay.');
  const foreign = Object.keys(values).find((name) => name !== 'help' && !taken[command].some((own) => own === name));
  if (foreign) throw new UsageError(`${command} takes no --${foreign}.`);
  if (command === 'init') return { command, region: required(values.region, '--region') };
  if (files.length === 0) throw new UsageError(`${command} needs a file.`);
  if (command === 'replay')
    return { command, files, policy: values.policy, afterOriginSeconds: readSeconds(values.after) };
  const [file = '', ...more] = files;
  if (more.length > 0) throw new UsageError('put takes one file.');
  return { command, file, environment: readEnvironment(values.environment ?? 'local') };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    throw new UsageError('There is an unknown option, or one without its value.');
  }
}

const isCommand = (word: string): word is PolicyOptions['command'] => word in taken;

function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new UsageError(`Give ${name}.`);
  return value;
}

function readSeconds(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,6}$/.test(value)) throw new UsageError('--after must be whole seconds, such as 120.');
  return Number(value);
}

function readEnvironment(value: string): string {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(value))
    throw new UsageError('--environment must be 1 to 32 small letters, digits or hyphens, beginning with a letter.');
  return value;
}
