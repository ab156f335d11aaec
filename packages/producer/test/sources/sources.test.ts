import { readFileSync } from 'node:fs';
import { createEmscSocket } from '../../src/sources/emsc-socket.ts';
import { createInfpStream } from '../../src/sources/infp-stream.ts';
import { createUsgsFeed } from '../../src/sources/usgs-feed.ts';
import { infpMessage, standInForInfp } from './infp-stand-in.ts';
import { sourceContract } from './source-contract.ts';

const fixture = (name: string): string => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');
const summary = JSON.parse(fixture('usgs/2013-07-20T1633_all_hour.json'));
const [frame = ''] = fixture('emsc/websocket_frames.jsonl').split('\n');

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
  voiceOf(server) {
    const summarise = (text: string): void => {
      server.answer = ({ url }, response) =>
        url?.startsWith('/query') ? response.writeHead(204).end() : response.end(text);
    };
    return {
      tell: (number) => summarise(usgsSummary(number)),
      tellGarbage: () => summarise('<html>busy</html>'),
      tellTooMuch: () => summarise(' '.repeat(17 * 1024 * 1024)),
    };
  },
});

function emscFrame(number: number): string {
  const { action, data } = JSON.parse(frame);
  return JSON.stringify({ action, data: { ...data, properties: { ...data.properties, unid: `test_${number}` } } });
}

sourceContract({
  name: 'EMSC socket',
  create: (host, deps) =>
    createEmscSocket({ ...deps, socket: new URL(`ws://${host}/socket`), events: new URL(`http://${host}/query`) }),
  voiceOf(server) {
    const say = (text: string): void => {
      for (const socket of server.sockets) socket.send(text);
    };
    return {
      tell: (number) => say(emscFrame(number)),
      tellGarbage: () => say('{"action":'),
      tellTooMuch: () => say('x'.repeat(65 * 1024)),
    };
  },
});

sourceContract({
  name: 'INFP stream',
  create: (host, deps) =>
    createInfpStream({ ...deps, stream: new URL(`http://${host}/stream`), onSignal: () => undefined }),
  voiceOf(server) {
    const { open, isHeard, write, writeRaw } = standInForInfp(server);
    const rise = createRises();
    let toldAtMs = 0;
    return {
      tell(number, nowMs) {
        open();
        // Not more often than time goes on: the stream has to be read as well.
        if (isHeard() && nowMs !== toldAtMs) write(rise(number, nowMs));
        toldAtMs = nowMs;
      },
      tellGarbage: () => write({ mag: 'strong' }),
      tellTooMuch() {
        open();
        writeRaw(`data: ${'x'.repeat(20 * 1024)}`);
      },
    };
  },
});

/** Rises of two messages, a second apart and then repeated; before another one there is rest. */
function createRises(): (number: number, nowMs: number) => Record<string, string> {
  const restMs = 22_000;
  let current: { number: number; fromMs: number; untilMs: number } | undefined;
  return (number, nowMs) => {
    if (current && current.number !== number && nowMs < current.untilMs + restMs) return infpMessage(nowMs);
    if (current?.number !== number) current = { number, fromMs: nowMs, untilMs: nowMs };
    const { fromMs } = current;
    const risenMs = nowMs - fromMs < 1_000 ? 0 : 1_000;
    current.untilMs = nowMs;
    return infpMessage(fromMs + risenMs, { mag: '5.4', sec: risenMs === 0 ? '25' : '24' });
  };
}
