import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubRequest {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}
export interface StubAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Cuts the connection instead of answering. */
  hangUp?: boolean;
}

/** A server that stands in for the emulator or the tables; notes what it was asked. */
export async function startHttpStub(behave: (request: StubRequest) => StubAnswer | Promise<StubAnswer>) {
  const requests: StubRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = request;
    const noted = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
    requests.push(noted);
    const { status = 200, headers: given = {}, body = {}, hangUp = false } = await behave(noted);
    if (hangUp) return void response.destroy();
    response.writeHead(status, given);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
