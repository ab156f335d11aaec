import type { InvocationResult, Invoker } from '../poller/invocation.ts';

export const answered = (body: unknown = null): InvocationResult => ({
  kind: 'response',
  payload: JSON.stringify(body),
  requestId: 'request-1',
  executedVersion: '7',
});
export const crashed: InvocationResult = {
  kind: 'functionError',
  functionError: 'Unhandled',
  requestId: 'request-1',
  executedVersion: '7',
};
export const throttled: InvocationResult = { kind: 'notInvoked', reason: 'Function throttled' };

export interface Call {
  /** `partition:offset` of each record. */
  positions: string[];
  functionArn: string;
  /** Ends the call; only where the invoker has no behaviour of its own. */
  answer(result: InvocationResult): void;
}

/** Notes each call; ends it by `behave`, or leaves it open for the test to answer. */
export function createFakeInvoker(behave?: (call: Call) => InvocationResult): {
  invoke: Invoker;
  calls: Call[];
  /** Highest number of calls that were open at once. */
  mostInFlight(): number;
} {
  const calls: Call[] = [];
  let inFlight = 0;
  let most = 0;
  const invoke: Invoker = (functionArn, payload, signal) =>
    new Promise((resolve) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      const answer = (result: InvocationResult) => {
        inFlight -= 1;
        resolve(result);
      };
      const call = { functionArn, positions: positionsOf(payload), answer };
      calls.push(call);
      signal.addEventListener('abort', () => answer({ kind: 'notInvoked', reason: 'cut off' }), { once: true });
      if (behave) answer(behave(call));
    });
  return { invoke, calls, mostInFlight: () => most };
}

function positionsOf(payload: string): string[] {
  const { records } = JSON.parse(payload) as { records: Record<string, { partition: number; offset: number }[]> };
  return Object.values(records)
    .flat()
    .map(({ partition, offset }) => `${partition}:${offset}`);
}
