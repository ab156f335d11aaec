import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Place } from '@quakewire/core';
import { WebSocketServer } from 'ws';

const recorded = readFileSync(
  new URL('../../../producer/fixtures/emsc/websocket_frames.jsonl', import.meta.url),
  'utf8',
).split('\n')[2];

/** A recorded frame as an M5.5 at another time and place. */
export function emscFrame(id: string, originTimeMs: number, { latitude, longitude }: Place): string {
  const { action, data } = JSON.parse(recorded ?? '');
  const time = new Date(originTimeMs).toISOString();
  const properties = { ...data.properties, unid: id, time, lastupdate: time, mag: 5.5, lat: latitude, lon: longitude };
  return JSON.stringify({ action, data: { ...data, properties } });
}

/** EMSC's socket, and beside it a USGS feed and an event service in which nothing ever happens. */
export interface EmscStandIn {
  /** The variables of a producer that listens to it. */
  environment: Record<string, string>;
  isListenedTo(): boolean;
  /** Sends a frame to whoever listens. */
  send(frame: string): void;
  stop(): void;
}

export async function startEmscStandIn(): Promise<EmscStandIn> {
  const server = createServer(({ url }, response) =>
    url?.startsWith('/query')
      ? response.writeHead(204).end()
      : response.end('{"type":"FeatureCollection","features":[]}'),
  );
  const sockets = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: {
      ...{ USGS_FEED_URL: `http://${host}/summary.geojson`, USGS_EVENT_URL: `http://${host}/query` },
      ...{ EMSC_WEBSOCKET_URL: `ws://${host}/socket`, EMSC_EVENT_URL: `http://${host}/query`, FEED_HOSTS: host },
    },
    isListenedTo: () => sockets.clients.size > 0,
    send(frame) {
      for (const socket of sockets.clients) socket.send(frame);
    },
    stop() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}
