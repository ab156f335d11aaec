import { Agent, type IncomingMessage, request } from 'node:http';
import type { InvocationResult, Invoker } from './invocation.ts';

/** Longest function time-out (15 minutes) and a margin. */
const longestInvocationMs = 16 * 60_000;

/**
 * Calls the emulator's Invoke API (RequestResponse) over kept connections, unbounded in number: the function's
 * reserved concurrency is the bound. Plain HTTP instead of the SDK's client: it costs a tenth of the time a call.
 */
export function createLambdaInvoker(emulatorUrl: string): { invoke: Invoker; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

  const invoke: Invoker = (functionArn, payload, signal) =>
    new Promise((resolve) => {
      const unreachable = () => resolve({ kind: 'notInvoked', reason: 'Connection error to the function' });
      const call = request(
        new URL(`/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`, emulatorUrl),
        {
          method: 'POST',
          agent,
          signal,
          timeout: longestInvocationMs,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(payload),
            'x-amz-invocation-type': 'RequestResponse',
            authorization: emulatorAuthorization(functionArn),
          },
        },
      );
      call.on('timeout', () => call.destroy());
      call.on('error', unreachable);
      call.on('response', (response) => {
        readText(response).then((text) => resolve(invocationResult(response, text)), unreachable);
      });
      call.end(payload);
    });
  return { invoke, close: () => agent.destroy() };
}

/** The emulator checks no signature, but takes account and region from it. */
function emulatorAuthorization(functionArn: string): string {
  const [, , , region, account] = functionArn.split(':');
  return `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`;
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function invocationResult({ statusCode = 0, headers }: IncomingMessage, payload: string): InvocationResult {
  if (statusCode === 429) return { kind: 'notInvoked', reason: 'Function throttled' };
  if (statusCode !== 200) return { kind: 'notInvoked', reason: `Invoke answered ${statusCode}` };
  const requestId = String(headers['x-amzn-requestid'] ?? '');
  const executedVersion = String(headers['x-amz-executed-version'] ?? '$LATEST');
  const functionError = headers['x-amz-function-error'];
  if (functionError) return { kind: 'functionError', functionError: String(functionError), requestId, executedVersion };
  return { kind: 'response', payload, requestId, executedVersion };
}
