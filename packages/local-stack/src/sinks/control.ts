import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ChannelName } from '@quakewire/core';
import * as z from 'zod';
import { type Behaviour, type BehaviourChanges, behaviourChangesSchema } from './behaviour.ts';
import { readBody } from './listener.ts';
import type { AcceptedMessage, ChannelStats } from './message-log.ts';

/** What the control interface may ask of the sinks. */
export interface Controlled {
  messages(): Iterable<AcceptedMessage>;
  stats(): Record<ChannelName, ChannelStats & { behaviour: Behaviour }>;
  behave(changes: BehaviourChanges): Promise<void>;
  clear(): void;
}

const answer = (response: ServerResponse, status: number, value?: unknown) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(value === undefined ? '' : `${JSON.stringify(value)}\n`);
};

function* lines(messages: Iterable<AcceptedMessage>): Iterable<string> {
  for (const message of messages) yield `${JSON.stringify(message)}\n`;
}

const changeBehaviour = async (sinks: Controlled, request: IncomingMessage, response: ServerResponse) => {
  const changes = behaviourChangesSchema.safeParse(parseJson(await readBody(request)));
  if (!changes.success) return answer(response, 400, { error: z.prettifyError(changes.error) });
  await sinks.behave(changes.data);
  answer(response, 204);
};

const parseJson = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

/**
 * `GET /_sinks/health`, `GET /_sinks/messages` (accepted messages, one JSON line each), `GET /_sinks/stats`,
 * `POST /_sinks/behaviour` (changes by channel), `DELETE /_sinks/messages` (forgets messages and counts).
 */
export const createControl = (sinks: Controlled): RequestListener => {
  const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {
    'GET /_sinks/health': (_request, response) => answer(response, 200, { status: 'ok' }),
    'GET /_sinks/stats': (_request, response) => answer(response, 200, sinks.stats()),
    'GET /_sinks/messages': (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      Readable.from(lines(sinks.messages())).pipe(response);
    },
    'DELETE /_sinks/messages': (_request, response) => {
      sinks.clear();
      answer(response, 204);
    },
    'POST /_sinks/behaviour': (request, response) => changeBehaviour(sinks, request, response),
  };
  return (request, response) => {
    const route = routes[`${request.method} ${request.url}`];
    if (route) void route(request, response);
    else answer(response, 404, { error: `no such path; there are: ${Object.keys(routes).join(', ')}` });
  };
};
