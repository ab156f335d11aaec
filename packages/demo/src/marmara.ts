import type { Quake } from './quake.ts';

/** Origin of the earthquake before its first bulletin: EMSC's and USGS's first bulletins take minutes at best. */
export const originAgeMs = 120_000;

/** Recorded epicentre of the Marmara M6.2 of 2025-04-23 (EMSC). */
export const epicentre = { latitude: 40.8327, longitude: 28.2267 };

/** Subscribers live within this distance of it. */
export const withinKm = 600;

/** By the public feeds, minutes after the origin: one notification. */
export const marmara: Quake = {
  epicentre,
  withinKm,
  async happen({ feeds, terminal }) {
    const { shiftMs } = feeds.publishEarthquake(originAgeMs);
    terminal.line(`earthquake: M6.2 Sea of Marmara, recorded 2025-04-23; all its times are shifted by ${shiftMs} ms`);
    terminal.line(
      '  (final solutions of EMSC and USGS, re-framed as first bulletins: a reconstruction of the framing)',
    );
  },
};
