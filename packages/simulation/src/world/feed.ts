import type { Bulletin } from '@quakewire/core';
import { aBulletin } from '@quakewire/testing';
import { type Fault, faultsOf } from '../faults.ts';
import { epochMs } from './simulated-process.ts';

/** A bulletin as it is published; what comes of it is up to the product's own policy. */
export interface Published {
  atMs: number;
  bulletin: Bulletin;
}

/** What the feeds tell in mid-simulation. */
export interface Feed {
  all: readonly Published[];
  /** Somebody has decided on it, and dispatched what was decided. */
  done(bulletin: Bulletin): void;
  isOver(): boolean;
}

const originBeforeMs = 20_000;

/** Each earthquake is reported, and later reported stronger or deleted. */
export function createFeed(faults: readonly Fault[]): Feed {
  const done = new Set<string>();
  const nameOf = ({ id, version }: Bulletin): string => `${id}/${version}`;
  const all = faultsOf(faults, 'bulletins').flatMap(({ atMs, laterMs, later }, number): Published[] => {
    const [id, origin] = [`us${number}`, aBulletin().hypocentre];
    const publish = (publishedMs: number, changes: Partial<Bulletin>): Published => ({
      atMs: publishedMs,
      bulletin: aBulletin({
        ...{ id, ids: [id], receivedAtMs: epochMs + publishedMs },
        // Far enough from the others to be an earthquake of its own.
        hypocentre: {
          ...origin,
          longitude: origin.longitude - 3 * number,
          originTimeMs: epochMs + atMs - originBeforeMs,
        },
        ...changes,
      }),
    });
    const changed = later === 'stronger' ? { magnitude: 7.4 } : { status: 'deleted' as const };
    return [publish(atMs, { version: 1 }), publish(atMs + laterMs, { version: 2, ...changed })];
  });
  return { all, done: (bulletin) => void done.add(nameOf(bulletin)), isOver: () => done.size === all.length };
}
