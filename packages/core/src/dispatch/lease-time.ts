import type { Clock } from '../runtime/clock.ts';

/** How long something has been so, in milliseconds. */
export interface Elapsed {
  elapsedMs(): number;
}

/**
 * Time since a holder ISSUED its claim or renewal: make it before the request. The larger of both clocks counts, because
 * the monotonic one may stand still while a process is frozen: the holder stops too early rather than too late.
 */
export function createHold(clock: Clock): Elapsed {
  const monotonicMs = clock.monotonicMs();
  const wallMs = clock.wallMs();
  return { elapsedMs: () => Math.max(clock.monotonicMs() - monotonicMs, clock.wallMs() - wallMs) };
}

/**
 * Time since the ANSWER in which a taker first saw another's lease as it is: make it after the answer. The smaller of both
 * clocks counts: the taker waits too long rather than too short.
 */
export function createSighting(clock: Clock): Elapsed {
  const monotonicMs = clock.monotonicMs();
  const wallMs = clock.wallMs();
  return { elapsedMs: () => Math.min(clock.monotonicMs() - monotonicMs, clock.wallMs() - wallMs) };
}

/** Remembers since when each lease was seen unchanged. */
export interface LeaseWatch {
  /** Notes that `lease` was just read as `version`; answers for how long it has been seen exactly so. */
  unchangedMs(lease: string, version: string): number;
}

export function createLeaseWatch(clock: Clock): LeaseWatch {
  const seen = new Map<string, { version: string; sighting: Elapsed }>();
  return {
    unchangedMs(lease, version) {
      const known = seen.get(lease);
      if (known?.version === version) return known.sighting.elapsedMs();
      seen.set(lease, { version, sighting: createSighting(clock) });
      return 0;
    },
  };
}
