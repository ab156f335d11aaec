import { earthRadiusKm } from './geodesy.ts';
import { iasp91Table } from './iasp91-table.ts';

/** Where a wave starts and how far it goes: distance along the surface and depth below it, in km. */
export interface WavePath {
  distanceKm: number;
  depthKm: number;
}

export interface TravelTimes {
  /** Seconds from the origin until the first P wave, felt as a jolt if at all. */
  pSeconds: number;
  /** Seconds from the origin until the first S wave, the start of strong shaking. */
  sSeconds: number;
}

const kmPerDegree = (Math.PI * earthRadiusKm) / 180;
const depthsKm = iasp91Table.depthsKm;
const distancesKm = iasp91Table.distancesDegrees.map((degrees) => degrees * kmPerDegree);

/** Seconds per km of slant distance: nearly constant where time itself bends, so that linear interpolation fits. */
function slownesses(lines: readonly string[]): number[][] {
  return lines.map((line, row) => {
    const depthKm = depthsKm[row] ?? 0;
    const values = line.split(' ').map((time, index) => {
      const slantKm = Math.hypot(distancesKm[index] ?? 0, depthKm);
      return slantKm === 0 ? Number.NaN : Number(time) / 100 / slantKm;
    });
    // At the hypocentre itself both are 0: the limit is the slowness of the nearest point.
    return values.map((value) => (Number.isNaN(value) ? (values[1] ?? 0) : value));
  });
}
const pSlowness = slownesses(iasp91Table.p);
const sSlowness = slownesses(iasp91Table.s);

/** Index of the grid interval that holds `value`, and how far into it, 0 to 1; ends are held. */
function locate(grid: readonly number[], value: number): { index: number; fraction: number } {
  let index = 0;
  while (index < grid.length - 2 && value >= (grid[index + 1] ?? 0)) index++;
  const from = grid[index] ?? 0;
  const to = grid[index + 1] ?? from;
  return { index, fraction: Math.min(1, Math.max(0, (value - from) / (to - from))) };
}

/**
 * Travel times of the first P and S waves by the IASP91 model. Error below 0.25 s to 9 degrees (1,000 km) and 200 km
 * depth, below 0.7 s to 700 km depth (95 in 100 below 0.3 s), below 1.2 s to 20 degrees. Farther or deeper the last apparent speed is kept.
 */
export function travelTimes({ distanceKm, depthKm }: WavePath): TravelTimes {
  const depth = locate(depthsKm, Math.max(0, depthKm));
  const distance = locate(distancesKm, distanceKm);
  const slantKm = Math.hypot(distanceKm, Math.max(0, depthKm));
  const at = (table: readonly number[][]): number => {
    const value = (row: number, column: number): number => table[row]?.[column] ?? 0;
    const along = (row: number): number =>
      value(row, distance.index) * (1 - distance.fraction) + value(row, distance.index + 1) * distance.fraction;
    return (along(depth.index) * (1 - depth.fraction) + along(depth.index + 1) * depth.fraction) * slantKm;
  };
  return { pSeconds: at(pSlowness), sSeconds: at(sSlowness) };
}
