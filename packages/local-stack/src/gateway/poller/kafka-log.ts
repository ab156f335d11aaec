import type { Logger } from '@quakewire/core';
import { type LogEntry, logLevel } from 'kafkajs';

/** kafkajs' own log, for debugging: what it reports as errors the poller has to mend anyway, and says itself. */
export function kafkaLogCreator(logger: Logger) {
  return () =>
    ({ namespace, level, log }: LogEntry): void => {
      const fields = { namespace, detail: log.message, error: log.error };
      if (level <= logLevel.WARN) logger.debug(fields, 'kafka client');
    };
}
