import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Bulletin } from '@quakewire/core';
import { createStepClock } from '@quakewire/testing';
import { type WebSocket, WebSocketServer } from 'ws';
import { createEmscSocket } from './emsc-socket.ts';

const [create = '', second = ''] = readFileSync(
  new URL('../../fixtures/emsc/websocket_frames.jsonl', import.meta.url),
  'utf8',
).split('\n');

let server: WebSocketServer;
let connections: WebSocket[];
let pinged: (socket: WebSocket) => void;
beforeEach(async () => {
  connections = [];
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    connections.push(socket);
    socket.on('ping', () => pinged(socket));
  });
  pinged = () => undefined;
  await new Promise((resolve) => server.once('listening', resolve));
});
afterEach(async () => {
  for (const client of server.clients) client.terminate();
  await new Promise((resolve) => server.close(resolve));
});

/** Sockets are real: turns of the event loop until `isSo`, at most for 4 s. */
async function until(isSo: () => boolean): Promise<void> {
  const giveUpAtMs = performance.now() + 4_000;
  while (!isSo()) {
    if (performance.now() > giveUpAtMs) throw new Error('waited in vain');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The next connection that the test has not seen yet. */
async function connected(): Promise<WebSocket> {
  await until(() => connections.length > 0);
  return connections.shift() as WebSocket;
}

function start() {
  const clock = createStepClock();
  const stop = new AbortController();
  const bulletins: Bulletin[] = [];
  const warnings: Record<string, unknown>[] = [];
  const silent = () => undefined;
  const source = createEmscSocket({
    url: new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    clock,
    random: () => 1,
    logger: { debug: silent, info: silent, error: silent, warn: (fields) => warnings.push(fields) },
  });
  const ended = source.run((bulletin) => bulletins.push(bulletin), stop.signal);
  return {
    ...{ clock, source, bulletins, warnings },
    async end(): Promise<void> {
      stop.abort();
      await ended;
    },
  };
}

describe('EMSC socket', () => {
  it('hands on what it hears, and leaves nothing behind', async () => {
    const run = start();
    (await connected()).send(create);
    await until(() => run.bulletins.length === 1);
    expect(run.bulletins[0]).toMatchObject({ source: 'emsc', id: '20210502_0000100' });
    expect(run.source.health()).toMatchObject({ parsed: 1, failures: 0, lastHeardAtMs: run.clock.wallMs() });
    await run.end();
    expect(run.clock.sleepers()).toBe(0);
  });

  it('counts what is malformed and goes on with the same connection', async () => {
    const run = start();
    const socket = await connected();
    for (const frame of ['', '{', '{"action":"create","data":{"properties":{}}}', second]) socket.send(frame);
    await until(() => run.bulletins.length === 1);
    expect(run.source.health()).toMatchObject({ parsed: 1, rejected: 3, failures: 0 });
    expect(run.warnings.map(({ fields }) => fields)).toEqual([
      ['(whole message)'],
      ['(whole message)'],
      ['data.properties.unid'],
    ]);
    await run.end();
  });

  it('comes back after a cut and after a frame above 64 KiB, waiting longer each time', async () => {
    const run = start();
    (await connected()).terminate();
    await until(() => run.source.health().failures === 1);
    await run.clock.advance(500);
    (await connected()).send('x'.repeat(65 * 1024));
    await until(() => run.source.health().failures === 2);
    expect(run.warnings[1]).toMatchObject({ reason: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' });
    await run.clock.advance(999);
    expect(run.clock.sleepers()).toBe(1);
    await run.clock.advance(1);
    (await connected()).send(create);
    await until(() => run.bulletins.length === 1);
    await run.end();
  });

  it('begins anew with short waits once a connection held for 30 s', async () => {
    const run = start();
    for (const failures of [1, 2, 3]) {
      (await connected()).terminate();
      await until(() => run.source.health().failures === failures);
      // From the fourth on a frame after each pong: when it is here, the pong is as well.
      if (failures === 3) pinged = (socket) => socket.send(create);
      await run.clock.advance(30_000);
    }
    const socket = await connected();
    for (const pings of [1, 2, 3]) {
      await until(() => run.bulletins.length === pings);
      await run.clock.advance(15_000);
    }
    socket.terminate();
    await until(() => run.source.health().failures === 4);
    await run.clock.advance(500);
    await connected();
    await run.end();
  });

  it('cuts a connection that leaves a ping unanswered for 15 s', async () => {
    const run = start();
    const socket = await connected();
    socket.pause();
    await until(() => run.clock.sleepers() === 1);
    await run.clock.advance(15_000);
    await until(() => run.source.health().failures === 1);
    expect(run.warnings[0]).toMatchObject({ reason: 'no answer to a ping' });
    await run.end();
  });
});
