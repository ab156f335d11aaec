import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** A real server on a free port of 127.0.0.1 that stands in for a feed: HTTP and websocket. */
export interface FeedServer {
  host: string;
  /** Paths with their queries, in order. */
  requests: string[];
  sockets: Set<WebSocket>;
  /** How HTTP requests are answered; may be replaced at any time. */
  answer: Answering;
  /** Where everything is redirected to, websocket handshakes too. */
  redirectTo: string | undefined;
  /** Cuts every connection. */
  cut(): void;
  stop(): Promise<void>;
}

export async function startFeedServer(answer: Answering): Promise<FeedServer> {
  const server = createServer((request, response) => {
    feed.requests.push(request.url ?? '');
    if (feed.redirectTo) response.writeHead(302, { location: feed.redirectTo }).end();
    else feed.answer(request, response);
  });
  const upgrades = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, stream, head) => {
    feed.requests.push(request.url ?? '');
    if (feed.redirectTo) {
      stream.end(`HTTP/1.1 302 Found\r\nLocation: ${feed.redirectTo}\r\nConnection: close\r\n\r\n`);
      return;
    }
    upgrades.handleUpgrade(request, stream, head, (socket) => {
      feed.sockets.add(socket);
      socket.on('close', () => feed.sockets.delete(socket));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const feed: FeedServer = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    sockets: new Set(),
    answer,
    redirectTo: undefined,
    cut() {
      for (const socket of feed.sockets) socket.terminate();
      server.closeAllConnections();
    },
    async stop() {
      feed.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return feed;
}
