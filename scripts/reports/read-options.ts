import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

/** An alert, or all alerts of an earthquake where `seq` is left out. */
export interface AlertName {
  earthquakeId: string;
  seq?: number;
}

export interface ReportOptions {
  /** Undefined: the earthquake's newest alert. */
  alert: AlertName;
  environment: string;
  json: boolean;
}

export interface AuditOptions {
  /** 12 hex digits of a person, or 16 of one endpoint; lower case. At least one of this and `alert` is there. */
  subscriber?: string;
  alert?: AlertName;
  environment: string;
  json: boolean;
}

const commonOptions = {
  environment: { type: 'string', default: 'local' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

/** @throws UsageError */
export function readReportOptions(args: readonly string[]): ReportOptions | 'help' {
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options: commonOptions, allowPositionals: true }),
  );
  if (values.help) return 'help';
  const [alert, ...others] = positionals;
  if (alert === undefined || others.length > 0) throw new UsageError('Name one alert: EARTHQUAKE or EARTHQUAKE/SEQ.');
  return { alert: readAlertName('ALERT', alert), environment: readEnvironment(values.environment), json: values.json };
}

/** @throws UsageError */
export function readAuditOptions(args: readonly string[]): AuditOptions | 'help' {
  const options = { ...commonOptions, subscriber: { type: 'string' }, alert: { type: 'string' } } as const;
  const { values } = parsed(() => parseArgs({ args: [...args], options }));
  if (values.help) return 'help';
  const { subscriber, alert, json } = values;
  if (subscriber === undefined && alert === undefined) throw new UsageError('Give --subscriber, --alert or both.');
  return {
    ...(subscriber === undefined ? {} : { subscriber: readSubscriber(subscriber) }),
    ...(alert === undefined ? {} : { alert: readAlertName('--alert', alert) }),
    environment: readEnvironment(values.environment),
    json,
  };
}

/** Node's own messages repeat what was given. */
function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const option = /'(?:-\w, )?(--[a-z]+)/.exec(message)?.[1];
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && option)
      throw new UsageError(`${option} has no value, or one that it does not take.`);
    throw new UsageError(
      code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? 'There is an unknown option.' : 'There is an argument too many.',
    );
  }
}

function readAlertName(name: string, value: string): AlertName {
  const [, earthquakeId, seq] = /^([\w.:-]{1,200})(?:\/([1-9]\d{0,8}))?$/.exec(value) ?? [];
  if (earthquakeId === undefined)
    throw new UsageError(`${name} must be an earthquake's id, or id/number of one alert of it, such as 2025abc/2.`);
  return seq === undefined ? { earthquakeId } : { earthquakeId, seq: Number(seq) };
}

function readSubscriber(value: string): string {
  if (!/^([0-9a-f]{12}|[0-9a-f]{16})$/i.test(value))
    throw new UsageError("--subscriber must be a person's 12 or an endpoint's 16 hex digits, never an address.");
  return value.toLowerCase();
}

/** @throws UsageError */
export function readEnvironment(value: string): string {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(value))
    throw new UsageError('--environment must be 1 to 32 small letters, digits or hyphens, beginning with a letter.');
  return value;
}
