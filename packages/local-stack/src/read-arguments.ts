import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { STACK_PORTS, type StackPort } from './stack-ports.ts';
import type { StackOptions } from './start-stack.ts';

export type StackArguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'start'; readonly options: Pick<StackOptions, 'ports' | 'dataFolder'> };

/** A mistake in the arguments; its message is one line for people. */
export class ArgumentError extends Error {}

/** Reads `npm run stack`'s arguments. */
export function readArguments(args: readonly string[]): StackArguments {
  const values = parse(args);
  if (values.help === true) return { kind: 'help' };
  const ports: Partial<Record<StackPort, number>> = {};
  for (const name of STACK_PORTS) {
    const text = values[optionOf(name)];
    if (typeof text === 'string') ports[name] = readPort(optionOf(name), text);
  }
  const folder = values['data-folder'];
  return { kind: 'start', options: { ports, ...(typeof folder === 'string' ? { dataFolder: resolve(folder) } : {}) } };
}

export function helpText(): string {
  const ports = STACK_PORTS.map((name) => `  --${optionOf(name).padEnd(24)} ${PORT_MEANINGS[name]}`);
  return `Usage: npm run stack -- [options]

Starts Kafka, the AWS emulator with its gateway, the tables and the provider sinks on 127.0.0.1, prints how to reach
them and keeps them up until Ctrl-C. The first run installs what is missing into the user's cache folder
(QUAKEWIRE_CACHE, else XDG_CACHE_HOME/quakewire). Data and logs begin anew with every start.

Ports (a free one each, unless given):
${ports.join('\n')}

  --data-folder FOLDER       data, logs and records of the run (default: .quakewire/stack)
  --help                     this text
`;
}

const PORT_MEANINGS: Record<StackPort, string> = {
  kafka: 'Kafka for clients (SASL/PLAIN)',
  kafkaInternal: 'Kafka without authentication, for its own use',
  kafkaController: "Kafka's controller",
  tables: 'DynamoDB, past the gateway',
  emulator: 'MiniStack itself',
  gateway: 'AWS, as Terraform and functions see it',
  sms: 'sink that speaks Twilio',
  email: 'sink that speaks SES',
  telegram: 'sink that speaks the Telegram Bot API',
  webhook: 'sink that takes webhooks',
  sinkControl: "the sinks' control interface",
};

/** kafkaInternal -> port-kafka-internal */
function optionOf(name: StackPort): string {
  return `port-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function parse(args: readonly string[]): Record<string, string | boolean | undefined> {
  const ports = STACK_PORTS.map((name) => [optionOf(name), { type: 'string' }] as const);
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...Object.fromEntries(ports),
        'data-folder': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new ArgumentError(`${(error as Error).message.split('\n')[0]} (see --help)`);
  }
}

function readPort(option: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new ArgumentError(`--${option} must be from 1 to 65535.`);
  return port;
}
