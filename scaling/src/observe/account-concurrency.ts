import { GetAccountSettingsCommand, GetFunctionConcurrencyCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Concurrency } from './observe-ports.ts';

/**
 * Reads the account's limit, and how much of it functions other than the channels' consumers have reserved.
 * @param functionName Name of a channel's consumer.
 * @throws When Lambda does not answer or leaves a number out.
 */
export function createAccountConcurrency(client: LambdaClient, functionName: (channel: string) => string) {
  return async (channels: string[]): Promise<Concurrency> => {
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    const accountConcurrency = requireNumber('ConcurrentExecutions', AccountLimit?.ConcurrentExecutions);
    const unreserved = requireNumber('UnreservedConcurrentExecutions', AccountLimit?.UnreservedConcurrentExecutions);
    const ofConsumers = await Promise.all(channels.map((channel) => reservedBy(client, functionName(channel))));
    const others = accountConcurrency - unreserved - ofConsumers.reduce((total, count) => total + count, 0);
    // Two answers of different moments may disagree by a change in between: never less than nothing.
    return { accountConcurrency, concurrencyReservedByOthers: Math.max(0, others) };
  };
}

/** A function that does not exist yet has reserved nothing; any other error is not an answer. */
async function reservedBy(client: LambdaClient, functionName: string): Promise<number> {
  try {
    const answer = await client.send(new GetFunctionConcurrencyCommand({ FunctionName: functionName }));
    return answer.ReservedConcurrentExecutions ?? 0;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return 0;
    throw error;
  }
}

function requireNumber(name: string, value: number | undefined): number {
  if (value === undefined) throw new Error(`Lambda's account settings hold no ${name}`);
  return value;
}
