// Cuts the compact travel time table that core uses from the full one:
//   node scripts/with-node22.mjs scripts/generate-iasp91-table.ts > packages/core/src/place/iasp91-table.ts
// Depths and distances are those at which the error after interpolation is smallest for the size (see the test).
import { readFileSync } from 'node:fs';

if (process.argv.includes('--help')) {
  console.log(
    'Prints packages/core/src/place/iasp91-table.ts, cut from packages/core/fixtures/iasp91-first-arrivals.csv.',
  );
  process.exit(0);
}

const depthsKm = [0, 5, 10, 15, 20, 25, 33, 35, 50, 70, 100, 130, 150, 200, 300, 400, 500, 600, 700];
const near = Array.from({ length: 16 }, (_, index) => index / 10);
const far = Array.from({ length: 17 }, (_, index) => index + 4);
const distancesDegrees = [...near, 1.7, 2, 2.2, 2.5, 2.7, 3, ...far];

const file = new URL('../packages/core/fixtures/iasp91-first-arrivals.csv', import.meta.url);
const rows = new Map<string, [p: number, s: number]>();
for (const line of readFileSync(file, 'utf8').trim().split('\n').slice(1)) {
  const [depth, distance, p, s] = line.split(',').map(Number) as [number, number, number, number];
  rows.set(`${depth}/${distance}`, [p, s]);
}

function column(wave: 0 | 1): string {
  const lines = depthsKm.map((depth) => {
    const times = distancesDegrees.map((distance) => {
      const row = rows.get(`${depth}/${distance}`);
      if (!row) throw new Error(`no row for depth ${depth} km at ${distance} degrees`);
      return Math.round(row[wave] * 100);
    });
    return `    '${times.join(' ')}',`;
  });
  return `[\n${lines.join('\n')}\n  ]`;
}

console.log(`/**
 * First arrivals by the IASP91 model (Kennett and Engdahl 1991), one line a depth, hundredths of a second.
 * Written by scripts/generate-iasp91-table.ts: do not edit.
 */
export const iasp91Table = {
  depthsKm: [${depthsKm.join(', ')}],
  // biome-ignore format: a table
  distancesDegrees: [${distancesDegrees.join(', ')}],
  p: ${column(0)},
  s: ${column(1)},
};`);
