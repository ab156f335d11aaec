import { Agent, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { answerWith, startRecordingServer } from '../../test/recording-server.ts';
import { watchWritten } from './watch-written.ts';

/** A cipher without certificates, so that a test needs none. */
const anonymous = { ciphers: 'AECDH-AES256-SHA:@SECLEVEL=0', maxVersion: 'TLSv1.2' } as const;

it('a request over TLS counts as written when the handshake is done, not when the connection stands', async () => {
  const server = createServer(anonymous);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sent = requestHttps({ ...anonymous, port, host: '127.0.0.1', rejectUnauthorized: false, agent: false });
  const isWritten = watchWritten(sent);
  const states: boolean[] = [];
  const ended = new Promise((resolve) => sent.once('error', resolve));
  sent.once('socket', (socket) => {
    socket.once('connect', () => states.push(isWritten()));
    socket.once('secureConnect', () => {
      states.push(isWritten());
      sent.destroy(new Error('enough'));
    });
  });
  sent.end();
  await ended;
  server.close();
  expect(states).toEqual([false, true]);
});

it('a request on a connection that stands already counts as written when it gets it', async () => {
  const server = await startRecordingServer(answerWith(200));
  const agent = new Agent({ keepAlive: true });
  const send = () =>
    new Promise<boolean[]>((resolve) => {
      const sent = requestHttp(server.url, { agent, method: 'POST' });
      const isWritten = watchWritten(sent);
      const states = [isWritten()];
      sent.once('socket', () => states.push(isWritten()));
      sent.once('response', (response) => response.resume().once('close', () => resolve(states)));
      sent.end();
    });
  expect(await send()).toEqual([false, false]);
  expect(await send()).toEqual([false, true]);
  agent.destroy();
  await server.stop();
});
