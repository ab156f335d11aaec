import { jest } from '@jest/globals';
import type { Bulletin } from '@quakewire/core';
import { createStepClock } from '@quakewire/testing';
import type { FeedDeps } from '../../src/sources/feed-deps.ts';
import type { Source } from '../../src/sources/source.ts';

// Servers, sockets and turns of the event loop are real, and slow on a machine that has much else to do.
jest.setTimeout(60_000);
const giveUpMs = 50_000;
/** Real time between two steps of virtual time: long enough for an answer of this machine. */
const stepMs = 10;

/** A source that runs against real servers in virtual time, with what it hands on and logs. */
export function listenTo<Kind extends Source>(create: (deps: FeedDeps) => Kind) {
  const clock = createStepClock();
  const stop = new AbortController();
  const bulletins: Bulletin[] = [];
  const warnings: Record<string, unknown>[] = [];
  const silent = (): void => undefined;
  const logger = {
    debug: silent,
    info: silent,
    error: silent,
    warn: (fields: Record<string, unknown>) => void warnings.push(fields),
  };
  const source = create({ clock, random: () => 1, logger });
  const ended = source.run((bulletin) => bulletins.push(bulletin), stop.signal);

  return {
    ...{ clock, source, bulletins, warnings },
    health: () => source.health(),
    /** Real turns of the event loop until `isSo`, while virtual time goes on by `paceMs` now and then. */
    async until(isSo: () => boolean, paceMs = 0): Promise<void> {
      const startedAtMs = performance.now();
      let steppedAtMs = startedAtMs;
      while (!isSo()) {
        const nowMs = performance.now();
        if (nowMs - startedAtMs > giveUpMs) throw new Error('waited in vain');
        if (paceMs > 0 && nowMs - steppedAtMs >= stepMs) {
          steppedAtMs = nowMs;
          await clock.advance(paceMs);
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async end(): Promise<void> {
      stop.abort();
      await ended;
    },
  };
}
