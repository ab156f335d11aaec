import type { ChannelName, Logger } from '@quakewire/core';
import type { Context, ScheduledEvent } from 'aws-lambda';
import { messageOf } from './leading/repeat.ts';
import type { ShiftEnd } from './leading/run-shift.ts';
import { type ToldTestEndpoints, testRequestSchema } from './tell-test-endpoints.ts';

export interface HandlerDeps {
  startShift(owner: string, logger: Logger): Promise<ShiftEnd>;
  tellTestEndpoints(name: string, channels: readonly ChannelName[]): Promise<ToldTestEndpoints[]>;
  logger: Logger;
}

/**
 * One start by the schedule: a shift under the invocation's own name. A deployment asks for a test instead, and hears of
 * its failure.
 */
export function createHandler({ startShift, tellTestEndpoints, logger }: HandlerDeps) {
  return async (
    event: ScheduledEvent,
    { awsRequestId }: Pick<Context, 'awsRequestId'>,
  ): Promise<{ shift: ShiftEnd | 'failed' } | { told: ToldTestEndpoints[] }> => {
    const test = testRequestSchema.safeParse(event);
    if (test.success) {
      const told = await tellTestEndpoints(awsRequestId, test.data.tellTestEndpoints);
      logger.info({ told }, 'test endpoints told');
      return { told };
    }
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
