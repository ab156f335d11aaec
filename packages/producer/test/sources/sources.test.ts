import { readFileSync } from 'node:fs';
import { createEmscSocket } from '../../src/sources/emsc-socket.ts';
import { createUsgsFeed } from '../../src/sources/usgs-feed.ts';
import type { FeedServer } from './feed-server.ts';
import { sourceContract } from './source-contract.ts';

const fixture = (name: string): string => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');
const summary = JSON.parse(fixture('usgs/2013-07-20T1633_all_hour.json'));
const [frame = ''] = fixture('emsc/websocket_frames.jsonl').split('\n');
const mebibyte = 1024 * 1024;

/** Answers the summary; the event service knows of nothing. */
const summarise =
  (text: string): FeedServer['answer'] =>
  ({ url }, response) =>
    url?.startsWith('/query') ? response.writeHead(204).end() : response.end(text);

function usgsSummary(number: number): string {
  const [feature] = summary.features;
  const id = `ak${number}`;
  return JSON.stringify({
    ...summary,
    features: [{ ...feature, id, properties: { ...feature.properties, ids: `,${id},` } }],
  });
}

sourceContract({
  name: 'USGS feed',
  create: (host, deps) =>
    createUsgsFeed({ ...deps, summary: new URL(`http://${host}/summary`), events: new URL(`http://${host}/query`) }),
  tell(server, number) {
    server.answer = summarise(usgsSummary(number));
  },
  tellGarbage(server) {
    server.answer = summarise('<html>busy</html>');
  },
  tellTooMuch(server) {
    server.answer = summarise(' '.repeat(17 * mebibyte));
  },
});

function emscFrame(number: number): string {
  const { action, data } = JSON.parse(frame);
  return JSON.stringify({ action, data: { ...data, properties: { ...data.properties, unid: `test_${number}` } } });
}

function say(server: FeedServer, text: string): void {
  for (const socket of server.sockets) socket.send(text);
}

sourceContract({
  name: 'EMSC socket',
  create: (host, deps) =>
    createEmscSocket({ ...deps, socket: new URL(`ws://${host}/socket`), events: new URL(`http://${host}/query`) }),
  tell: (server, number) => say(server, emscFrame(number)),
  tellGarbage: (server) => say(server, '{"action":'),
  tellTooMuch: (server) => say(server, 'x'.repeat(65 * 1024)),
});
