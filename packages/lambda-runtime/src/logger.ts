import type { Logger } from '@quakewire/core';
import pino from 'pino';

/** Names under which personal data or secrets could travel in a log line, one level deep or two. */
const personal = ['address', 'phone', 'email', 'chatId', 'token', 'password', 'secret', 'authorization', 'url'];

/** JSON lines to stdout, written at once: a frozen environment must not hold back what it said. */
export function createLogger(level: string, bindings: Record<string, string>): Logger {
  return pino(
    {
      level,
      base: bindings,
      redact: { paths: personal.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 1, sync: true }),
  );
}
