import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStepClock } from '@quakewire/testing';
import { createEmulator } from '../emulator.ts';
import type { Mapping } from '../mapping.ts';
import { serveGateway } from '../serve-gateway.ts';
import { openStateFile } from '../state-file.ts';
import { type StubAnswer, type StubRequest, startHttpStub } from './http-stub.ts';
import { quietLogger } from './quiet-logger.ts';

export const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:quakewire-local-consumer-sms:live';

/** A gateway over HTTP before stubs, with pollers that only note what is asked of them. */
export async function startGatewayFixture(
  behaviour: { emulator?: (request: StubRequest) => StubAnswer; tables?: (request: StubRequest) => StubAnswer } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const stateFile = join(folder, 'state', 'gateway.json');
  const emulatorStub = await startHttpStub((request) => functionAnswer(request) ?? behaviour.emulator?.(request) ?? {});
  const tablesStub = await startHttpStub((request) => behaviour.tables?.(request) ?? {});
  const clock = createStepClock();
  const emulator = createEmulator({ url: emulatorStub.url, region: 'eu-central-1' });
  const polling: string[] = [];

  const start = async () =>
    serveGateway({
      port: 0,
      host: '127.0.0.1',
      emulatorUrl: emulatorStub.url,
      tablesUrl: tablesStub.url,
      state: await openStateFile(stateFile),
      emulator,
      clock,
      updatePauseMs: 90_000,
      logger: quietLogger,
      createPoller: ({ configuration: { BatchSize: size } }: Mapping) => ({
        start: async () => void polling.push(`start ${size}`),
        stop: async () => void polling.push(`stop ${size}`),
      }),
    });
  let gateway = await start();

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const text = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body);
    const response = await fetch(gateway.url + path, {
      method,
      headers,
      ...(text === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    return { status: response.status, headers: response.headers, text: answer, json: parseOrNull(answer) };
  }
  return {
    call,
    clock,
    polling,
    emulatorRequests: emulatorStub.requests,
    tablesRequests: tablesStub.requests,
    stateFile,
    async restart() {
      await gateway.stop();
      gateway = await start();
    },
    async stop() {
      await gateway.stop();
      emulator.close();
      await Promise.all([emulatorStub.stop(), tablesStub.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was answered
function parseOrNull(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** GetFunction of the one function there is, with its alias. */
function functionAnswer({ method, path }: StubRequest): StubAnswer | null {
  if (method !== 'GET' || !path.startsWith('/2015-03-31/functions/')) return null;
  if (path.includes('quakewire-local-consumer-sms')) return { body: { Configuration: { FunctionArn: functionArn } } };
  return { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: { Message: 'no' } };
}
