import { GetSendQuotaCommand, type SESClient } from '@aws-sdk/client-ses';
import type { Quota } from './observe-ports.ts';

/** SES reports this as the daily quota of an account without one. */
const unlimited = -1;

/**
 * The account's sending rate and what is left of today's quota, rounded down to whole messages.
 * @throws When SES does not answer or leaves a number out.
 */
export function createSesQuota(client: SESClient) {
  return async (): Promise<Quota> => {
    const { MaxSendRate, Max24HourSend, SentLast24Hours } = await client.send(new GetSendQuotaCommand({}));
    if (MaxSendRate === undefined || Max24HourSend === undefined || SentLast24Hours === undefined) {
      throw new Error('SES reports no complete send quota');
    }
    const remaining = Max24HourSend === unlimited ? null : Math.max(0, Math.floor(Max24HourSend - SentLast24Hours));
    return { providerRatePerSecond: Math.floor(MaxSendRate), remainingToday: remaining };
  };
}
