import type { Bulletin } from '@quakewire/core';
import WebSocket, { type RawData } from 'ws';
import { createBackoff } from './backoff.ts';
import { createEmscCatchUp } from './emsc-catch-up.ts';
import { parseEmscFrame } from './emsc-frame.ts';
import { isDeaf, isSilent } from './emsc-watches.ts';
import type { FeedDeps } from './feed-deps.ts';
import { keepConnected } from './keep-connected.ts';
import type { Source } from './source.ts';
import { createTally } from './tally.ts';

export interface EmscDeps extends FeedDeps {
  /** The SeismicPortal's socket. */
  socket: URL;
  /** The query address of EMSC's FDSN event service, for what the socket missed. */
  events: URL;
}

const largestFrameBytes = 64 * 1024;
const handshakeTimeoutMs = 10_000;

/**
 * EMSC SeismicPortal socket. After each connection, and when the socket is long quiet, the FDSN service is asked for what
 * was missed. A socket that does not answer a ping, or kept something to itself, is cut.
 */
export function createEmscSocket({ socket: address, events, clock, random, logger }: EmscDeps): Source {
  const tally = createTally('emsc', clock, logger);
  const askService = createEmscCatchUp(events, clock);

  /** One connection, from the handshake to its end; the reason why it ended. */
  async function listen(onBulletin: (bulletin: Bulletin) => void, signal: AbortSignal): Promise<string> {
    const socket = new WebSocket(address, { maxPayload: largestFrameBytes, handshakeTimeout: handshakeTimeoutMs });
    const closed = new AbortController();
    const until = AbortSignal.any([signal, closed.signal]);
    const watches: Promise<void>[] = [];
    let reason = 'closed';
    const cut = (): void => socket.terminate();
    const cutIf = (why: string) => (isSo: boolean) => {
      if (!isSo || until.aborted) return;
      reason = why;
      cut();
    };
    signal.addEventListener('abort', cut, { once: true });
    socket.on('open', () => {
      tally.heard();
      watches.push(
        isSilent(socket, clock, tally.heard, until).then(cutIf('no answer to a ping')),
        isDeaf(socket, clock, () => catchUp(onBulletin, until), until).then(cutIf('kept bulletins to itself')),
      );
    });
    socket.on('message', (data) => {
      tally.heard();
      tally.take([parseEmscFrame(textOf(data))], onBulletin);
    });
    socket.on('error', (error) => {
      reason = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
    });
    await new Promise((resolve) => socket.on('close', resolve));
    closed.abort();
    signal.removeEventListener('abort', cut);
    await Promise.all(watches);
    return reason;
  }

  /** Asks until there is an answer. @returns how many bulletins were new. */
  async function catchUp(onBulletin: (bulletin: Bulletin) => void, until: AbortSignal): Promise<number> {
    const backoff = createBackoff(1_000, 60_000, random);
    for (;;) {
      const answer = await askService(until);
      if (until.aborted) return 0;
      if ('events' in answer) return tally.take(answer.events, onBulletin);
      tally.failed(`catching up: ${answer.failed}`);
      await clock.sleep(backoff.nextMs(), until).catch(() => undefined);
    }
  }

  return {
    name: 'emsc',
    run: (onBulletin, signal) => keepConnected((until) => listen(onBulletin, until), { clock, random }, tally, signal),
    health: tally.health,
  };
}

/** A message may arrive in fragments. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.from(data as ArrayBuffer).toString('utf8');
}
