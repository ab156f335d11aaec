import type { Logger } from '@quakewire/core';
import type { Context, ScheduledEvent } from 'aws-lambda';
import { messageOf } from './leading/repeat.ts';
import type { ShiftEnd } from './leading/run-shift.ts';

/** One start by the schedule: a shift under the invocation's own name. */
export function createHandler(
  startShift: (owner: string, logger: Logger) => Promise<ShiftEnd>,
  logger: Logger,
): (event: ScheduledEvent, context: Pick<Context, 'awsRequestId'>) => Promise<{ shift: ShiftEnd | 'failed' }> {
  return async (_event, { awsRequestId }) => {
    try {
      const shift = await startShift(awsRequestId, logger);
      logger.info({ shift }, 'done');
      return { shift };
    } catch (error) {
      // The schedule starts the next one within a minute; a retry of this one would only come between.
      logger.error({ error: messageOf(error) }, 'shift failed');
      return { shift: 'failed' };
    }
  };
}
