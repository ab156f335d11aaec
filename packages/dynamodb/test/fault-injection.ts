import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** `lost` = the store applies the call, and its answer never arrives; `refused` = the call never arrives. */
export type Fault = 'lost' | 'refused';

/** Asked for each attempt, the SDK's own retries included. */
export type FaultPlan = (command: string, attempt: number) => Fault | undefined;

/** Breaks the connection below the SDK's retries, as a network does. */
export function injectFaults(client: DynamoDBClient, plan: FaultPlan): void {
  const attempts = new Map<string, number>();
  client.middlewareStack.add(
    (next, context) => async (call) => {
      const command = context.commandName ?? '';
      const attempt = (attempts.get(command) ?? 0) + 1;
      attempts.set(command, attempt);
      const fault = plan(command, attempt);
      if (fault === 'refused') throw connectionReset();
      const answer = await next(call);
      if (fault === 'lost') throw connectionReset();
      return answer;
    },
    { step: 'deserialize', name: 'faults', priority: 'low' },
  );
}

const connectionReset = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
