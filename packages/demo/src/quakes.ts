import { marmara } from './marmara.ts';
import type { Quake } from './quake.ts';
import { vrancea } from './vrancea.ts';

/** What `--quake` may name; the first is the default. */
export const quakes = { 'vrancea-1977': vrancea, 'marmara-2025': marmara } satisfies Record<string, Quake>;
export type QuakeName = keyof typeof quakes;
export const quakeNames = Object.keys(quakes) as QuakeName[];
