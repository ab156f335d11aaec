import type { ImminentSignal } from '@quakewire/core';
import type { InfpMessage } from './infp-message.ts';

/** Where the feed's seconds count to. */
const bucharest = { latitude: 44.4268, longitude: 26.1025 };
/** At rest the feed shows 0.1. */
const risenMagnitude = 1;
/** A rise that falls and rises again within this is one. */
const restMs = 20_000;
/** How far the countdown may be off from time itself, in seconds. */
const countdownTolerance = 2;

interface Rise {
  startedAtMs: number;
  lastRisenAtMs: number;
  first: InfpMessage;
  isBelieved: boolean;
}

/**
 * Reads rises out of INFP's messages. One message alone is never believed: the next must come with another sign of life,
 * and its countdown must have gone on as time did. Invented or frozen data repeats itself.
 */
export function createInfpRises(): { next(message: InfpMessage, nowMs: number): ImminentSignal | undefined } {
  let rise: Rise | undefined;
  return {
    next(message, nowMs) {
      if (rise && nowMs - rise.lastRisenAtMs > restMs) rise = undefined;
      if (message.mag < risenMagnitude) return undefined;
      if (!rise) {
        rise = { startedAtMs: nowMs, lastRisenAtMs: nowMs, first: message, isBelieved: false };
        return undefined;
      }
      rise.lastRisenAtMs = nowMs;
      if (rise.isBelieved || !goesOn(rise, message, nowMs)) return undefined;
      rise.isBelieved = true;
      return {
        source: 'infp',
        id: `infp-${new Date(rise.startedAtMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}`,
        magnitude: message.mag,
        place: bucharest,
        sArrivalMs: nowMs + message.sec * 1000,
        receivedAtMs: nowMs,
      };
    },
  };
}

function goesOn({ first, startedAtMs }: Rise, { sec, heart }: InfpMessage, nowMs: number): boolean {
  const counted = first.sec - sec;
  const elapsed = (nowMs - startedAtMs) / 1000;
  return heart !== first.heart && counted > 0 && Math.abs(counted - elapsed) <= countdownTolerance;
}
