import type { ImminentSignal } from '@quakewire/core';
import type { FeedDeps } from './feed-deps.ts';
import { parseInfpMessage } from './infp-message.ts';
import { createInfpRises } from './infp-rise.ts';
import { keepConnected } from './keep-connected.ts';
import { readEventStream } from './read-event-stream.ts';
import type { Source } from './source.ts';
import { createTally } from './tally.ts';

export interface InfpDeps extends FeedDeps {
  /** The event stream itself, as INFP gives it to who has an agreement: no page is read for a key. */
  stream: URL;
  onSignal(signal: ImminentSignal): void;
}

/** The stream beats about each second. */
const staleMs = 30_000;

/**
 * INFP's early warning for Bucharest: a magnitude and the seconds until the S wave, without a location. It gives no
 * bulletins, only signals that policy may hold against other sources' solutions. A stream whose sign of life stands still
 * is cut: it may be a copy.
 */
export function createInfpStream({ stream, onSignal, clock, random, logger }: InfpDeps): Source {
  const tally = createTally('infp', clock, logger);
  const rises = createInfpRises();

  /** One connection, from the request to its end; the reason why it ended. */
  async function listen(until: AbortSignal): Promise<string> {
    const cut = new AbortController();
    const signal = AbortSignal.any([until, cut.signal]);
    let aliveAtMs = clock.monotonicMs();
    let heart: string | undefined;
    let reason: string | undefined;

    function end(why: string): void {
      reason ??= why;
      cut.abort();
    }

    function hear(data: string): void {
      const parsed = parseInfpMessage(data);
      if (parsed === 'keyRefused') end('key refused');
      else if ('rejected' in parsed) tally.rejected([parsed.rejected]);
      else {
        if (parsed.message.heart !== heart) beat(parsed.message.heart);
        const imminent = rises.next(parsed.message, clock.wallMs());
        if (imminent) handOn(imminent);
      }
    }

    function beat(next: string): void {
      heart = next;
      aliveAtMs = clock.monotonicMs();
      tally.heard();
      tally.newest(clock.wallMs());
    }

    function handOn(imminent: ImminentSignal): void {
      tally.handedOn();
      logger.info({ source: imminent.source, signal: imminent.id, magnitude: imminent.magnitude }, 'imminent signal');
      onSignal(imminent);
    }

    async function cutWhenStale(): Promise<void> {
      while (!signal.aborted) {
        const leftMs = aliveAtMs + staleMs - clock.monotonicMs();
        if (leftMs > 0) await clock.sleep(leftMs, signal).catch(() => undefined);
        else end('no sign of life');
      }
    }

    const watching = cutWhenStale();
    end(await readEventStream(stream, hear, signal));
    await watching;
    return reason ?? 'closed';
  }

  return {
    name: 'infp',
    run: (_onBulletin, signal) => keepConnected(listen, { clock, random }, tally, signal),
    health: tally.health,
  };
}
