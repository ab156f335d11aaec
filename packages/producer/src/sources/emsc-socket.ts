import type { Bulletin } from '@quakewire/core';
import WebSocket, { type RawData } from 'ws';
import { createBackoff } from './backoff.ts';
import { parseEmscFrame } from './emsc-frame.ts';
import type { Source } from './source.ts';
import { createTally } from './tally.ts';
import type { FeedDeps } from './usgs-feed.ts';

const largestFrameBytes = 64 * 1024;
const handshakeTimeoutMs = 10_000;
const pingMs = 15_000;
/** A server that accepts and cuts at once keeps the waits growing. */
const stableMs = 30_000;

/** EMSC SeismicPortal socket: reconnects for ever; a socket that does not answer a ping is cut. */
export function createEmscSocket({ url, clock, random, logger }: FeedDeps): Source {
  const tally = createTally('emsc', clock, logger);
  const backoff = createBackoff(500, 30_000, random);

  /** One connection, from the handshake to its end; the reason why it ended. */
  function listen(onBulletin: (bulletin: Bulletin) => void, signal: AbortSignal): Promise<string> {
    const socket = new WebSocket(url, { maxPayload: largestFrameBytes, handshakeTimeout: handshakeTimeoutMs });
    const ended = new AbortController();
    const cut = (): void => socket.terminate();
    let reason = 'closed';
    signal.addEventListener('abort', cut, { once: true });
    socket.on('open', () => {
      tally.heard();
      void cutWhenSilent(socket, ended.signal).then((isSilent) => {
        if (isSilent) reason = 'no answer to a ping';
      });
    });
    socket.on('message', (data) => {
      tally.heard();
      tally.take([parseEmscFrame(textOf(data))], onBulletin);
    });
    socket.on('error', (error) => {
      reason = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
    });
    return new Promise((resolve) => {
      socket.on('close', () => {
        ended.abort();
        signal.removeEventListener('abort', cut);
        resolve(reason);
      });
    });
  }

  /** Pings until the socket has ended, or cuts it because it left a ping unanswered: then true. */
  async function cutWhenSilent(socket: WebSocket, ended: AbortSignal): Promise<boolean> {
    let isAnswered = true;
    socket.on('pong', () => {
      isAnswered = true;
      tally.heard();
    });
    while (isAnswered) {
      isAnswered = false;
      socket.ping();
      await clock.sleep(pingMs, ended).catch(() => undefined);
      if (ended.aborted) return false;
    }
    socket.terminate();
    return true;
  }

  return {
    name: 'emsc',
    async run(onBulletin, signal) {
      while (!signal.aborted) {
        const startedAtMs = clock.monotonicMs();
        const reason = await listen(onBulletin, signal);
        if (signal.aborted) return;
        tally.failed(reason);
        if (clock.monotonicMs() - startedAtMs >= stableMs) backoff.reset();
        await clock.sleep(backoff.nextMs(), signal).catch(() => undefined);
      }
    },
    health: tally.health,
  };
}

/** A message may arrive in fragments. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.from(data as ArrayBuffer).toString('utf8');
}
