import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { travelTimes } from './travel-times.ts';

function readFixture(name: string): number[][] {
  const text = readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
}

/** Errors in seconds, smallest first, over rows of [depth, distance in km, P, S]. */
function errorsOf(rows: readonly number[][], wave: 'pSeconds' | 'sSeconds'): number[] {
  const truth = wave === 'pSeconds' ? 2 : 3;
  return rows
    .map((row) => Math.abs(travelTimes({ depthKm: row[0] ?? 0, distanceKm: row[1] ?? 0 })[wave] - (row[truth] ?? 0)))
    .toSorted((a, b) => a - b);
}

/** Largest error in seconds over rows of [depth, distance in km, P, S]. */
function largestErrors(rows: readonly number[][]): { p: number; s: number } {
  const errors = { p: 0, s: 0 };
  for (const [depthKm = 0, distanceKm = 0, p = 0, s = 0] of rows) {
    const times = travelTimes({ depthKm, distanceKm });
    errors.p = Math.max(errors.p, Math.abs(times.pSeconds - p));
    errors.s = Math.max(errors.s, Math.abs(times.sSeconds - s));
  }
  return errors;
}

describe('travel times', () => {
  it('agree with IASP91 off the grid, to 9 degrees and 200 km depth', () => {
    const rows = readFixture('iasp91-offgrid-sample.csv').map(([depth = 0, km = 0, , p = 0, s = 0]) => [
      depth,
      km,
      p,
      s,
    ]);
    expect(rows).toHaveLength(60);
    const errors = largestErrors(rows);
    expect(errors.p).toBeLessThan(0.25);
    expect(errors.s).toBeLessThan(0.25);
  });

  it.each(['pSeconds', 'sSeconds'] as const)(
    'agree with IASP91 off the grid, to 1,000 km and 700 km depth: %s',
    (wave) => {
      const errors = errorsOf(readFixture('iasp91-offgrid-deep.csv'), wave);
      expect(errors).toHaveLength(600);
      expect(errors[569]).toBeLessThan(0.3);
      expect(errors.at(-1)).toBeLessThan(0.7);
    },
  );

  it('come from a table that is small enough to be bundled', () => {
    expect(readFileSync(new URL('iasp91-table.ts', import.meta.url)).length).toBeLessThan(60_000);
  });

  it('agree with the full table to 20 degrees and 700 km depth', () => {
    const rows = readFixture('iasp91-first-arrivals.csv')
      .filter(([, degrees = 0]) => degrees <= 20)
      .map(([depth = 0, degrees = 0, p = 0, s = 0]) => [depth, (degrees * Math.PI * 6371) / 180, p, s]);
    const errors = largestErrors(rows);
    expect(errors.p).toBeLessThan(1.2);
    expect(errors.s).toBeLessThan(1.2);
  });

  it('give Bucharest 24 s between the P wave above a Vrancea earthquake and the S wave there', () => {
    const above = travelTimes({ distanceKm: 0, depthKm: 130 });
    const bucharest = travelTimes({ distanceKm: 140, depthKm: 130 });
    expect(bucharest.sSeconds - (above.pSeconds + 4)).toBeCloseTo(24, 0);
  });

  it('are never negative, P before S, and not earlier farther away', () => {
    const path = fc.record({
      distanceKm: fc.double({ min: 0, max: 3000, noNaN: true }),
      depthKm: fc.double({ min: -5, max: 700, noNaN: true }),
    });
    fc.assert(
      fc.property(path, (from) => {
        const times = travelTimes(from);
        expect(times.pSeconds).toBeGreaterThanOrEqual(0);
        expect(times.sSeconds).toBeGreaterThanOrEqual(times.pSeconds);
        const farther = travelTimes({ ...from, distanceKm: from.distanceKm + 5 });
        expect(farther.sSeconds).toBeGreaterThan(times.sSeconds - 0.01);
      }),
    );
  });
});
