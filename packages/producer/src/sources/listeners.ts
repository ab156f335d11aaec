import type { ImminentSignal } from '@quakewire/core';
import type { ProducerEnvironment } from '../env.ts';
import { createEmscSocket } from './emsc-socket.ts';
import type { FeedDeps } from './feed-deps.ts';
import { createInfpStream } from './infp-stream.ts';
import type { Source } from './source.ts';
import { createUsgsFeed } from './usgs-feed.ts';

/** A catalogue's solution comes minutes after the signal that announced it. */
const keepSignalsMs = 30 * 60_000;

export interface Listeners {
  /** New ones for each shift: their counts begin with it. */
  createSources(): Source[];
  /** What early-warning systems without a location said lately, as far as this function heard it. */
  signals(): readonly ImminentSignal[];
}

/** The sources that an environment names. */
export function createListeners({ usgs, emsc, infp }: ProducerEnvironment['feeds'], deps: FeedDeps): Listeners {
  let heard: readonly ImminentSignal[] = [];
  const signals = (): readonly ImminentSignal[] =>
    heard.filter(({ receivedAtMs }) => receivedAtMs >= deps.clock.wallMs() - keepSignalsMs);
  function onSignal(signal: ImminentSignal): void {
    heard = [...signals(), signal];
  }
  return {
    createSources: () => [
      createUsgsFeed({ ...deps, ...usgs }),
      createEmscSocket({ ...deps, ...emsc }),
      ...(infp ? [createInfpStream({ ...deps, ...infp, onSignal })] : []),
    ],
    signals,
  };
}
