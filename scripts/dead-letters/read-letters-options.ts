import { parseArgs } from 'node:util';
import { type ChannelName, channelNameSchema } from '@quakewire/core';
import { readEnvironment } from '../reports/read-options.ts';
import { UsageError } from '../reports/usage-error.ts';

export type LettersCommand =
  | { verb: 'list' }
  | { verb: 'group' }
  | { verb: 'explain'; id: string }
  /** Without ids: every letter. */
  | { verb: 'replay'; ids: readonly string[]; apply: boolean };

export interface LettersOptions {
  command: LettersCommand;
  /** Undefined: all. */
  channel?: ChannelName;
  environment: string;
}

const options = {
  environment: { type: 'string', default: 'local' },
  channel: { type: 'string' },
  apply: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @throws UsageError */
export function readLettersOptions(args: readonly string[]): LettersOptions | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help) return 'help';
  const channel = channelNameSchema.optional().safeParse(values.channel);
  if (!channel.success) throw new UsageError(`--channel must be one of ${channelNameSchema.options.join(', ')}.`);
  if (values.apply && values['dry-run']) throw new UsageError('Give --apply or --dry-run, not both.');
  const command = commandOf(positionals, values.apply);
  if (command.verb !== 'replay' && (values.apply || values['dry-run']))
    throw new UsageError('--apply and --dry-run belong to replay.');
  return {
    ...{ command, environment: readEnvironment(values.environment) },
    ...(channel.data === undefined ? {} : { channel: channel.data }),
  };
}

function commandOf([verb, ...rest]: readonly string[], apply: boolean): LettersCommand {
  const [id] = rest;
  if (verb === 'replay') return { verb, ids: rest, apply };
  if (verb === 'explain' && id !== undefined && rest.length === 1) return { verb, id };
  if ((verb === 'list' || verb === 'group') && rest.length === 0) return { verb };
  throw new UsageError('Say what to do: list, group, explain ID, or replay [ID ...].');
}

/** Node's own messages repeat what was given. */
function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    throw new UsageError('There is an unknown option, or one without its value.');
  }
}
