import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { ToldTestEndpoints } from '../snapshot/smoke-test.ts';

const whole = z.int().min(0);
const answerSchema = z.strictObject({
  told: z.array(z.strictObject({ channel: z.string(), isComplete: z.boolean(), eligible: whole, accepted: whole })),
});

/**
 * Lets the producer tell the test endpoints. It has every right that this takes, and whoever may call it can cause nothing
 * but an exercise at the test place.
 * @param prefix `quakewire-<environment>`.
 */
export function createTellTestEndpoints(client: LambdaClient, prefix: string) {
  return async (channels: readonly string[]): Promise<ToldTestEndpoints[]> => {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({
        FunctionName: `${prefix}-producer`,
        Qualifier: 'live',
        Payload: JSON.stringify({ tellTestEndpoints: channels }),
      }),
    );
    const answer = Payload?.transformToString() ?? '';
    if (FunctionError !== undefined) throw new Error(`${prefix}-producer: ${FunctionError}: ${answer}`);
    return answerSchema.parse(JSON.parse(answer)).told;
  };
}
