import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as requestHttp,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { createAgents } from './agents.ts';
import { NoAnswer } from './no-answer.ts';
import { watchWritten } from './watch-written.ts';

/** More of an answer is not read: the connection is dropped. */
const maxAnswerBytes = 64 * 1024;

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One POST, sent once: no redirect is followed and nothing is repeated. Rejects with `NoAnswer` only. */
export type HttpPoster = (
  url: URL,
  content: { headers: OutgoingHttpHeaders; body: string },
  signal: AbortSignal,
) => Promise<HttpAnswer>;

/** Calls back once, with the whole answer or with what ended it. */
const readAnswer = (response: IncomingMessage, done: (answer: HttpAnswer) => void, fail: (cause: unknown) => void) => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) response.destroy(Object.assign(new Error(), { code: 'ANSWER_TOO_LARGE' }));
    else chunks.push(chunk);
  });
  response.on('error', fail);
  response.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    done({ status: response.statusCode ?? 0, headers: response.headers, body });
  });
};

/** Ends a request on abort. By Node's own `signal` option that costs a fifth of all the processor time of a request. */
const endOnAbort = (request: ClientRequest, signal: AbortSignal, fail: (cause: unknown) => void): void => {
  const end = () => {
    // At once: a request that is still without a connection would say nothing.
    fail({ code: 'ABORT_ERR' });
    request.destroy();
  };
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  request.once('close', () => signal.removeEventListener('abort', end));
};

/**
 * @param lookup resolves host names, for guards
 * @param idleMs how long an idle connection is kept, milliseconds
 */
export const createHttpPoster = ({ lookup, idleMs }: { lookup?: LookupFunction; idleMs?: number } = {}): HttpPoster => {
  const agents = createAgents(idleMs);
  const open = (url: URL, headers: OutgoingHttpHeaders): ClientRequest => {
    const isTls = url.protocol === 'https:';
    const agent = isTls ? agents.https : agents.http;
    return (isTls ? requestHttps : requestHttp)(url, {
      method: 'POST',
      agent,
      headers,
      ...(lookup && { lookup }),
    });
  };
  return (url, { headers, body }, signal) =>
    new Promise((resolve, reject) => {
      let isWritten = () => false;
      const fail = (cause: unknown) => reject(new NoAnswer(cause, isWritten()));
      try {
        signal.throwIfAborted();
        const request = open(url, { ...headers, 'content-length': Buffer.byteLength(body) });
        isWritten = watchWritten(request);
        endOnAbort(request, signal, fail);
        request.on('error', fail);
        request.on('response', (response) => readAnswer(response, resolve, fail));
        request.end(body);
      } catch (cause) {
        fail(cause);
      }
    });
};
