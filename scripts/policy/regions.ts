import type { Box } from '@quakewire/core';
import { UsageError } from '../reports/usage-error.ts';

/** Boxes around countries, to a tenth of a degree or so: a first area, to be changed in the document. */
const boxes: Readonly<Record<string, Box>> = {
  AL: { south: 39.6, north: 42.7, west: 19.1, east: 21.1 },
  BG: { south: 41.2, north: 44.3, west: 22.3, east: 28.7 },
  GR: { south: 34.7, north: 41.8, west: 19.3, east: 29.7 },
  HR: { south: 42.3, north: 46.6, west: 13.4, east: 19.5 },
  IT: { south: 35.4, north: 47.1, west: 6.6, east: 18.6 },
  MD: { south: 45.4, north: 48.5, west: 26.6, east: 30.2 },
  RO: { south: 43.6, north: 48.3, west: 20.2, east: 29.8 },
  RS: { south: 42.2, north: 46.2, west: 18.8, east: 23.1 },
  TR: { south: 35.8, north: 42.2, west: 25.6, east: 44.9 },
};

/** @throws UsageError */
export function boxOf(region: string): Box {
  const box = boxes[region];
  if (!box)
    throw new UsageError(
      `--region must be one of ${Object.keys(boxes).join(', ')}; for another one, start from any of these and change its name and area.`,
    );
  return box;
}
