import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Logger } from '@quakewire/core';
import { createDraws } from '../sinks/draws.ts';
import { createAlarms } from './answers/alarms.ts';
import { createContinuousBackups } from './answers/continuous-backups.ts';
import { createThrottledTables } from './answers/throttled-tables.ts';
import type { Emulator } from './emulator.ts';
import { createMappingSupervisor, type MappingSupervisorOptions } from './mapping-supervisor.ts';
import { createPassOn, type PassOn } from './pass-on.ts';
import type { StateFile } from './state-file.ts';
import { AwsError } from './wire/aws-error.ts';
import { sendError } from './wire/json-answer.ts';
import { createMappingApi } from './wire/mapping-api.ts';
import { createMappingRoutes, type Route } from './wire/mapping-routes.ts';
import { createMappingTags } from './wire/mapping-tags.ts';

export interface GatewayParts {
  /** 0 = a free one. */
  port: number;
  host: string;
  emulatorUrl: string;
  /** Where DynamoDB calls go; may be the emulator. */
  tablesUrl: string;
  state: StateFile;
  emulator: Pick<Emulator, 'functionArn'>;
  createPoller: MappingSupervisorOptions['createPoller'];
  /** How long polling rests while a mapping's update is applied; up to 90 s on AWS. */
  updatePauseMs: number;
  clock: Clock;
  logger: Logger;
}

export interface Gateway {
  url: string;
  /** Ends the pollers (running invocations are cut off after two seconds) and the server. */
  stop(): Promise<void>;
}

const stopGraceMs = 2_000;

/** Serves the AWS API on one port: some calls are answered here, all others are passed on. */
export async function serveGateway(parts: GatewayParts): Promise<Gateway> {
  const { emulatorUrl, tablesUrl, state, emulator, clock, logger } = parts;
  const passOn = createPassOn();
  const supervisor = createMappingSupervisor(parts);
  const api = createMappingApi({ state, supervisor, emulator, clock, newUuid: randomUUID });
  const routes = [
    createThrottledTables(createDraws(1)),
    createContinuousBackups(state, passOn, { tablesUrl, clock }),
    createMappingRoutes(api, createMappingTags(state), passOn, emulatorUrl),
    createAlarms(state, passOn, emulatorUrl),
    createPassage(passOn, { emulatorUrl, tablesUrl }),
  ];
  const server = createServer((request, response) => void answer(routes, request, response, logger));
  // Invocations may take fifteen minutes, and kept connections must outlive the pauses of their clients.
  Object.assign(server, { requestTimeout: 0, keepAliveTimeout: 60_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(parts.port, parts.host, resolve);
  });
  supervisor.resume();

  return {
    url: `http://${parts.host}:${(server.address() as AddressInfo).port}`,
    async stop() {
      await supervisor.stop(stopGraceMs);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      passOn.close();
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

async function answer(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
  logger: Logger,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://gateway');
  try {
    for (const route of routes) if (await route(request, response, url)) return;
  } catch (error) {
    if (response.headersSent || response.destroyed) response.destroy();
    else if (error instanceof AwsError) sendError(response, error);
    else {
      logger.warn({ method: request.method, path: url.pathname, err: error }, 'request not answered');
      sendError(response, new AwsError(502, 'ServiceException', 'the local stack behind the gateway did not answer'));
    }
  }
}
