import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '@quakewire/core';
import { createAlarms } from './answers/alarms.ts';
import { createContinuousBackups } from './answers/continuous-backups.ts';
import { createEmulator } from './emulator.ts';
import { createMappingPollers } from './mapping-pollers.ts';
import { createMappingSupervisor } from './mapping-supervisor.ts';
import { createPassOn, type PassOn } from './pass-on.ts';
import type { UsernamePassword } from './poller/kafka-credentials.ts';
import { createLambdaInvoker } from './poller/lambda-invoker.ts';
import { openStateFile } from './state-file.ts';
import { systemClock } from './system-clock.ts';
import { AwsError } from './wire/aws-error.ts';
import { sendError } from './wire/json-answer.ts';
import { createMappingApi } from './wire/mapping-api.ts';
import { createMappingRoutes, type Route } from './wire/mapping-routes.ts';

export interface GatewayOptions {
  /** 0 = a free one. */
  port: number;
  host?: '127.0.0.1';
  emulatorUrl: string;
  /** Where DynamoDB calls go; may be the emulator. */
  tablesUrl: string;
  /** Mappings, point-in-time recovery and alarms outlive a restart in it. */
  stateFile: string;
  logger: Logger;
  region?: string;
  /** Instead of the emulator's Secrets Manager. */
  kafkaCredentials?: (secretArn: string) => Promise<UsernamePassword>;
  /** How long polling rests while a mapping's update is applied; up to 90 s on AWS. */
  updatePauseMs?: number;
}

export interface Gateway {
  url: string;
  /** Ends the pollers (running invocations are cut off after two seconds) and the server. */
  stop(): Promise<void>;
}

const stopGraceMs = 2_000;
const defaultUpdatePauseMs = 1_000;

/** An AWS endpoint: the emulator, plus event source mappings for self-managed Kafka, plus the answers it lacks. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { emulatorUrl, tablesUrl, logger, region = 'eu-central-1' } = options;
  const clock = systemClock;
  const state = await openStateFile(options.stateFile);
  const passOn = createPassOn();
  const emulator = createEmulator({ url: emulatorUrl, region });
  const invoker = createLambdaInvoker(emulatorUrl);
  const supervisor = createMappingSupervisor({
    state,
    clock,
    logger,
    updatePauseMs: options.updatePauseMs ?? defaultUpdatePauseMs,
    createPoller: createMappingPollers({ ...options, emulator, clock, invoke: invoker.invoke }),
  });
  const api = createMappingApi({ state, supervisor, emulator, clock, newUuid: randomUUID });
  const routes = [
    createContinuousBackups(state, passOn, { tablesUrl, clock }),
    createMappingRoutes(api, passOn, emulatorUrl),
    createAlarms(state, passOn, emulatorUrl),
    createPassage(passOn, { emulatorUrl, tablesUrl }),
  ];
  const server = createServer((request, response) => void answer(routes, request, response, logger));
  // Invocations may take fifteen minutes, and kept connections must outlive the pauses of their clients.
  Object.assign(server, { requestTimeout: 0, keepAliveTimeout: 60_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', resolve);
  });
  supervisor.resume();

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      await supervisor.stop(stopGraceMs);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      for (const part of [passOn, invoker, emulator]) part.close();
    },
  };
}

/** Everything that no other route takes. */
function createPassage(passOn: PassOn, { emulatorUrl, tablesUrl }: { emulatorUrl: string; tablesUrl: string }): Route {
  return async (request, response) => {
    const isTables = String(request.headers['x-amz-target'] ?? '').startsWith('DynamoDB');
    await passOn.pass(request, response, isTables ? tablesUrl : emulatorUrl);
    return true;
  };
}

async function answer(routes: readonly Route[], request: IncomingMessage, response: ServerResponse, logger: Logger) {
  const url = new URL(request.url ?? '/', 'http://gateway');
  try {
    for (const route of routes) if (await route(request, response, url)) return;
  } catch (error) {
    if (response.headersSent) response.destroy();
    else if (error instanceof AwsError) sendError(response, error);
    else {
      logger.warn({ method: request.method, path: url.pathname, err: error }, 'request not answered');
      sendError(response, new AwsError(502, 'ServiceException', 'the local stack behind the gateway did not answer'));
    }
  }
}
