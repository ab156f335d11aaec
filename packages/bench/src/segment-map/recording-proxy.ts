import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Answer {
  status: number;
  body: Buffer;
}

/** Stands before a table server: what was read through it once is answered from memory, as fast as a table that never waits. */
export interface RecordingProxy {
  url: string;
  stop(): void;
}

export async function startRecordingProxy(targetUrl: string): Promise<RecordingProxy> {
  const queries = new Map<string, Answer>();
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    const known = operation === 'Query' ? queries.get(body.toString()) : undefined;
    const answer = known ?? (await forward(targetUrl, request, body));
    if (operation === 'Query' && isRowsOf(body)) queries.set(body.toString(), answer);
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The endpoint rows only: the map that is published meanwhile must be read as it is. */
const isRowsOf = (body: Buffer): boolean => body.includes('"TableName":"endpoints"');

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function forward(targetUrl: string, { headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  const passed = ['x-amz-target', 'content-type', 'authorization', 'x-amz-date'].map((name): [string, string] => [
    name,
    String(headers[name] ?? ''),
  ]);
  const answer = await fetch(targetUrl, { method: 'POST', headers: passed, body: new Uint8Array(body) });
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
}
