import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** A recorded GeoJSON feature; only the fields that the re-framing touches are named. */
interface RecordedFeature {
  properties: Record<string, unknown>;
  [field: string]: unknown;
}

export interface Feeds {
  usgsUrl: string;
  emscUrl: string;
  /** Both institutes' FDSN event service: it knows nothing beyond what the feeds tell. */
  eventsUrl: string;
  /** `host:port` of both, for the producer's allow-list. */
  host: string;
  /** Publishes the earthquake on both feeds. @returns the shift of all its times, in ms. */
  publishEarthquake(originAgeMs: number): { shiftMs: number };
  stop(): Promise<void>;
}

const eventsPath = '/fdsnws/event/1/query';

const data = (name: string): Promise<string> =>
  readFile(new URL(`../data/marmara-2025/${name}`, import.meta.url), 'utf8');

/**
 * Serves EMSC's websocket and USGS's summary feed in their real formats on one free port of 127.0.0.1: a quiet recorded
 * hour first, then the recorded Marmara solutions, re-framed as first bulletins (see data/README.md).
 */
export async function startFeeds(): Promise<Feeds> {
  const quietHour = JSON.parse(await data('usgs-quiet-hour.json'));
  const usgs: RecordedFeature = JSON.parse(await data('usgs-us7000pufs.json'));
  const emsc: RecordedFeature = JSON.parse(await data('emsc-20250423_0000104.json'));
  let summary = JSON.stringify(quietHour);

  const server = createServer((request, response) => {
    if (request.url?.startsWith(eventsPath)) return response.writeHead(204).end();
    const etag = `"${createHash('sha1').update(summary).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end();
    return response.writeHead(200, { etag, 'content-type': 'application/json; charset=utf-8' }).end(summary);
  });
  const sockets = new WebSocketServer({ server, path: '/standing_order/websocket' });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    usgsUrl: `http://${host}/earthquakes/feed/v1.0/summary/all_hour.geojson`,
    emscUrl: `ws://${host}/standing_order/websocket`,
    eventsUrl: `http://${host}${eventsPath}`,
    host,
    publishEarthquake(originAgeMs) {
      const nowMs = Date.now();
      const shiftMs = nowMs - originAgeMs - Number(usgs.properties.time);
      const frame = JSON.stringify({ action: 'create', data: asFirstEmscBulletin(emsc, shiftMs, nowMs) });
      for (const socket of sockets.clients) socket.send(frame);
      const feature = asFirstUsgsBulletin(usgs, shiftMs, nowMs);
      const features = [feature, ...quietHour.features];
      summary = JSON.stringify({ ...quietHour, metadata: { ...quietHour.metadata, generated: nowMs }, features });
      return { shiftMs };
    },
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function asFirstUsgsBulletin(recorded: RecordedFeature, shiftMs: number, nowMs: number): RecordedFeature {
  const time = Number(recorded.properties.time) + shiftMs;
  return { ...recorded, properties: { ...recorded.properties, time, updated: nowMs, status: 'automatic' } };
}

function asFirstEmscBulletin(recorded: RecordedFeature, shiftMs: number, nowMs: number): RecordedFeature {
  const time = new Date(Date.parse(String(recorded.properties.time)) + shiftMs).toISOString();
  return { ...recorded, properties: { ...recorded.properties, time, lastupdate: new Date(nowMs).toISOString() } };
}
