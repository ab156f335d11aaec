import { readFileSync } from 'node:fs';
import type { WebSocket } from 'ws';
import { type FeedServer, startFeedServer } from '../../test/sources/feed-server.ts';
import { listenTo } from '../../test/sources/listen-to.ts';
import { createEmscSocket } from './emsc-socket.ts';

const fixture = (name: string): string => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');
const [create = '', second = ''] = fixture('emsc/websocket_frames.jsonl').split('\n');
const sequence = fixture('emsc/2025-04-23_marmara_EXCERPT.json');

let server: FeedServer;
let seen: Set<WebSocket>;
beforeEach(async () => {
  server = await startFeedServer((_request, response) => response.writeHead(204).end());
  seen = new Set();
});
afterEach(() => server.stop());

function start() {
  const run = listenTo((deps) =>
    createEmscSocket({
      ...deps,
      socket: new URL(`ws://${server.host}/socket`),
      events: new URL(`http://${server.host}/query`),
    }),
  );
  const unseen = (): WebSocket | undefined => [...server.sockets].find((socket) => !seen.has(socket));
  return {
    ...run,
    /** The next connection that the test has not seen yet. */
    async connected(): Promise<WebSocket> {
      await run.until(() => unseen() !== undefined);
      const socket = unseen() as WebSocket;
      seen.add(socket);
      return socket;
    },
  };
}

describe('EMSC socket', () => {
  it('hands on what it hears', async () => {
    const run = start();
    (await run.connected()).send(create);
    await run.until(() => run.bulletins.length === 1);
    expect(run.bulletins[0]).toMatchObject({ source: 'emsc', id: '20210502_0000100' });
    await run.end();
  });

  it('counts what is malformed and goes on with the same connection', async () => {
    const run = start();
    const socket = await run.connected();
    for (const frame of ['', '{', '{"action":"create","data":{"properties":{}}}', second]) socket.send(frame);
    await run.until(() => run.bulletins.length === 1);
    expect(run.health()).toMatchObject({ parsed: 1, rejected: 3, failures: 0 });
    expect(run.warnings.map(({ fields }) => fields)).toEqual([
      ['(whole message)'],
      ['(whole message)'],
      ['properties.unid'],
    ]);
    await run.end();
  });

  it('comes back after a cut and after a frame above 64 KiB, waiting longer each time', async () => {
    const run = start();
    (await run.connected()).terminate();
    await run.until(() => run.health().failures === 1);
    await run.clock.advance(500);
    (await run.connected()).send('x'.repeat(65 * 1024));
    await run.until(() => run.health().failures === 2);
    expect(run.warnings[1]).toMatchObject({ reason: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' });
    await run.clock.advance(999);
    expect(run.clock.sleepers()).toBe(1);
    await run.clock.advance(1);
    (await run.connected()).send(create);
    await run.until(() => run.bulletins.length === 1);
    await run.end();
  });

  it('begins anew with short waits once a connection held for 30 s', async () => {
    const run = start();
    for (const failures of [1, 2, 3]) {
      (await run.connected()).terminate();
      await run.until(() => run.health().failures === failures);
      await run.clock.advance(30_000);
    }
    const socket = await run.connected();
    const heldFromMs = run.clock.wallMs();
    await run.until(() => run.clock.wallMs() >= heldFromMs + 30_000, 1_000);
    socket.terminate();
    await run.until(() => run.health().failures === 4);
    await run.clock.advance(500);
    await run.connected();
    await run.end();
  });

  it('cuts a connection that leaves a ping unanswered for 15 s', async () => {
    const run = start();
    const socket = await run.connected();
    socket.pause();
    await run.until(() => run.health().failures === 1, 1_000);
    expect(run.warnings[0]).toMatchObject({ reason: 'no answer to a ping' });
    await run.end();
  });
});

describe('what the EMSC socket missed', () => {
  const features: { properties: Record<string, unknown> }[] = JSON.parse(sequence).features;
  const update = (data: unknown): string => JSON.stringify({ action: 'update', data });
  const queries = (): URLSearchParams[] =>
    server.requests.filter((path) => path.startsWith('/query')).map((path) => new URLSearchParams(path.split('?')[1]));

  it('is asked for after each connection, and nothing is told twice, whichever way it came', async () => {
    server.answer = (_request, response) => response.end(sequence);
    const run = start();
    const socket = await run.connected();
    await run.until(() => run.bulletins.length === features.length);
    expect(Object.fromEntries(queries()[0] ?? [])).toEqual({
      ...{ format: 'json', limit: '500' },
      starttime: new Date(run.clock.wallMs() - 3 * 3_600_000).toISOString().slice(0, 19),
    });
    for (const feature of features) socket.send(update(feature));
    socket.terminate();
    await run.until(() => queries().length === 2, 100);
    const [first] = features;
    const lastupdate = '2025-04-25T00:00:00.0Z';
    (await run.connected()).send(update({ ...first, properties: { ...first?.properties, lastupdate } }));
    await run.until(() => run.bulletins.length > features.length);
    expect(run.bulletins.map(({ version }) => version).at(-1)).toBe(Date.parse(lastupdate));
    expect(run.bulletins).toHaveLength(features.length + 1);
    await run.end();
  });

  it('is asked for until there is an answer, while the socket is heard', async () => {
    server.answer = (_request, response) => response.writeHead(503).end();
    const run = start();
    const socket = await run.connected();
    await run.until(() => queries().length === 3, 200);
    expect(run.warnings[0]).toMatchObject({ reason: 'catching up: status 503' });
    socket.send(create);
    await run.until(() => run.bulletins.length === 1);
    server.answer = (_request, response) => response.end(sequence);
    await run.until(() => run.bulletins.length === features.length + 1, 200);
    await run.end();
  });

  it('shows in a long silence: a socket that kept it to itself is cut', async () => {
    const run = start();
    await run.connected();
    await run.until(() => queries().length === 2, 3_000);
    expect(run.health().failures).toBe(0);
    server.answer = (_request, response) => response.end(sequence);
    await run.until(() => run.health().failures === 1, 3_000);
    expect(run.warnings).toEqual([{ source: 'emsc', reason: 'kept bulletins to itself' }]);
    expect(run.bulletins).toHaveLength(features.length);
    await run.end();
  });

  it('is not asked for while the socket speaks', async () => {
    const run = start();
    const socket = await run.connected();
    await run.until(() => queries().length === 1);
    const fromMs = run.clock.wallMs();
    await run.until(() => {
      socket.send(create);
      return run.clock.wallMs() >= fromMs + 11 * 60_000;
    }, 5_000);
    expect(queries()).toHaveLength(1);
    await run.end();
  });
});
