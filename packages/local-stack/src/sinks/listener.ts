import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const host = '127.0.0.1';
const maxBodyBytes = 1024 * 1024;

/** An HTTP server on one port of this machine that can go away and come back. */
export interface Listener {
  readonly url: string;
  open(): Promise<void>;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, 1024, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

/** @param port 0 for a free one, kept for later openings */
export const createListener = async (port: number, handle: RequestListener): Promise<Listener> => {
  // Longer than any client keeps an idle connection: a provider does not cut what a request may just be written to.
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 }, handle);
  const boundPort = await listen(server, port);
  return {
    url: `http://${host}:${boundPort}`,
    async open() {
      if (!server.listening) await listen(server, boundPort);
    },
    close: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** The whole body as text; undefined when it is larger than 1 MiB or its sender went away. */
export const readBody = (request: IncomingMessage): Promise<string | undefined> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBodyBytes) chunks.push(chunk);
    });
    request.on('end', () => resolve(bytes > maxBodyBytes ? undefined : Buffer.concat(chunks).toString('utf8')));
    request.on('close', () => resolve(undefined));
  });
