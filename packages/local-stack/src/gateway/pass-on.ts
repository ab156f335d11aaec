import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What of a request is passed on beside its body. */
export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** Passes requests on as they are. The Host header stays the client's: the emulator builds addresses from it. */
export interface PassOn {
  /** Streams both ways; `body` = already read. */
  pass(request: IncomingMessage, response: ServerResponse, targetUrl: string, body?: Buffer): Promise<void>;
  /** The target's answer, read whole. */
  fetch(
    request: RequestHead,
    targetUrl: string,
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>;
  close(): void;
}

export function createPassOn(): PassOn {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

  function send(
    request: RequestHead,
    targetUrl: string,
    { body, signal }: { body: Readable | Buffer; signal?: AbortSignal },
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      // The path as received: a URL object would normalise what the client has signed.
      const { hostname, port } = new URL(targetUrl);
      const { method, url: path, headers } = request;
      const onward = httpRequest({ hostname, port, method, path, headers, agent, ...(signal ? { signal } : {}) });
      onward.on('response', resolve);
      onward.on('error', reject);
      if (Buffer.isBuffer(body)) onward.end(body);
      else pipeline(body, onward).catch(reject);
    });
  }

  return {
    async pass(request, response, targetUrl, body) {
      const gone = new AbortController();
      // A client that left must not keep the target busy, least of all an invocation.
      response.once('close', () => gone.abort());
      const answer = await send(request, targetUrl, { signal: gone.signal, body: body ?? request });
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      await pipeline(answer, response);
    },
    async fetch(request, targetUrl, body) {
      const answer = await send(request, targetUrl, { body });
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      return { status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(chunks) };
    },
    close: () => agent.destroy(),
  };
}
