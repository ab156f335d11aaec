import type { Logger } from '@quakewire/core';
import { type LogEntry, logLevel } from 'kafkajs';

/** kafkajs' own log in ours: its errors are warnings here, as the poller goes on and reports what is lasting. */
export function kafkaLogCreator(logger: Logger) {
  return () =>
    ({ namespace, level, log }: LogEntry): void => {
      const fields = { namespace, detail: log.message, error: log['error'] };
      if (level === logLevel.ERROR) logger.warn(fields, 'kafka client');
      else if (level === logLevel.WARN) logger.debug(fields, 'kafka client');
    };
}
