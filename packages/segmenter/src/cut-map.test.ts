import { epicentralDistanceKm, type PlacedKey, type RegisteredCell, type Segment } from '@quakewire/core';
import fc from 'fast-check';
import { type CutSizes, cutMap } from './cut-map.ts';
import { findCoverageProblem } from './find-coverage-problem.ts';

interface FilledCell extends RegisteredCell {
  rows: Pick<PlacedKey, 'sortKey' | 'place'>[];
}

const row = (sortKey: string, latitude: number, longitude: number): FilledCell['rows'][number] => ({
  sortKey,
  place: { latitude, longitude },
});

/** `count` rows around a cell's centre. */
function filled(cell: string, count: number, latitude = 45, longitude = 25): FilledCell {
  const rows = Array.from({ length: count }, (_, index) =>
    row(`87${String(index).padStart(6, '0')}`, latitude + (index % 7) / 50, longitude + (index % 5) / 50),
  );
  return { cell, centre: { latitude, longitude }, rows };
}

function cut(cells: readonly FilledCell[], sizes: CutSizes): Segment[] {
  const cutter = cutMap(sizes);
  for (const cell of cells) {
    cutter.beginCell(cell);
    cell.rows.forEach(cutter.add);
  }
  return cutter.finish();
}

const pagesOf = (segments: readonly Segment[]) => segments.flatMap((segment) => segment.pages);
const sizes: CutSizes = { pageEndpoints: 10, segmentEndpoints: 40 };

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 1, maxLength: length });
const placeArbitrary = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});
const rowsArbitrary = fc
  .uniqueArray(fc.record({ sortKey: hex(6), place: fc.option(placeArbitrary, { nil: undefined }) }), {
    selector: ({ sortKey }) => sortKey,
    maxLength: 60,
  })
  .map((rows) => rows.sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1)));
const cellsArbitrary = fc
  .uniqueArray(fc.record({ cell: hex(3), centre: placeArbitrary, rows: rowsArbitrary }), {
    selector: ({ cell }) => cell,
    maxLength: 12,
  })
  .map((cells) => cells.sort((a, b) => (a.cell < b.cell ? -1 : 1)));
const sizesArbitrary = fc.record({
  pageEndpoints: fc.integer({ min: 1, max: 20 }),
  segmentEndpoints: fc.integer({ min: 1, max: 80 }),
});

describe('cutting a segment map', () => {
  it('covers every cell without gap or overlap, for any cells, rows and sizes', () => {
    fc.assert(
      fc.property(cellsArbitrary, sizesArbitrary, (cells, anySizes) => {
        expect(findCoverageProblem(cut(cells, anySizes), cells)).toBeUndefined();
      }),
    );
  });

  it('puts every row on exactly one page, and counts it there', () => {
    fc.assert(
      fc.property(cellsArbitrary, sizesArbitrary, (cells, anySizes) => {
        const pages = pagesOf(cut(cells, anySizes));
        for (const { range, endpoints } of pages) {
          const cell = cells.find((one) => one.cell === range.cell);
          const within = cell?.rows.filter(({ sortKey }) => sortKey >= range.from && sortKey < range.to) ?? [];
          expect(within).toHaveLength(endpoints);
          expect(endpoints).toBeLessThanOrEqual(anySizes.pageEndpoints);
        }
        const rows = cells.reduce((sum, cell) => sum + cell.rows.length, 0);
        expect(pages.reduce((sum, page) => sum + page.endpoints, 0)).toBe(rows);
      }),
    );
  });

  it('measures a radius that no endpoint of the segment lies beyond', () => {
    fc.assert(
      fc.property(cellsArbitrary, sizesArbitrary, (cells, anySizes) => {
        for (const { centre, radiusKm, pages } of cut(cells, anySizes))
          for (const { range } of pages)
            for (const { sortKey, place } of cells.find((one) => one.cell === range.cell)?.rows ?? [])
              if (place && sortKey >= range.from && sortKey < range.to)
                expect(epicentralDistanceKm(centre, place)).toBeLessThanOrEqual(radiusKm);
      }),
    );
  });

  it('fills pages and segments to their sizes', () => {
    const segments = cut([filled('a', 100)], sizes);
    expect(pagesOf(segments).map(({ endpoints }) => endpoints)).toEqual(new Array(10).fill(10));
    expect(segments.map(({ pages }) => pages.length)).toEqual([4, 4, 2]);
    expect(segments.map(({ id }) => id)).toEqual([0, 1, 2]);
  });

  it('never lets a page span two cells, but a segment may', () => {
    const [segment, ...others] = cut([filled('a', 13), filled('b', 5)], sizes);
    expect(others).toEqual([]);
    expect(segment?.pages.map(({ range, endpoints }) => [range.cell, endpoints])).toEqual([
      ['a', 10],
      ['a', 3],
      ['b', 5],
    ]);
  });

  it('keeps cells that lie far apart in different segments', () => {
    const segments = cut([filled('a', 5, 45, 25), filled('b', 5, 45, 26), filled('c', 5, 36, 140)], sizes);
    expect(segments.map(({ pages }) => pages.map(({ range }) => range.cell))).toEqual([['a', 'b'], ['c']]);
  });

  it('covers an empty cell by an empty page at its centre', () => {
    const centre = { latitude: 45, longitude: 25 };
    const [segment] = cut([{ cell: 'a', centre, rows: [] }], sizes);
    expect(segment).toEqual({
      ...{ id: 0, centre, radiusKm: 0 },
      pages: [{ range: { cell: 'a', from: '', to: '~' }, centre, endpoints: 0 }],
    });
  });

  it('counts a row that does not say where it lies, and leaves it out of the centre', () => {
    const rows = [row('1', 10, 20), { sortKey: '2', place: undefined }];
    const [segment] = cut([{ cell: 'a', centre: { latitude: 11, longitude: 21 }, rows }], sizes);
    expect(segment?.pages[0]).toMatchObject({ endpoints: 2, centre: { latitude: 10, longitude: 20 } });
  });

  it('finds the middle of places on both sides of the date line', () => {
    const rows = [row('1', 0, 179), row('2', 0, -179)];
    const [segment] = cut([{ cell: 'a', centre: { latitude: 0, longitude: 180 }, rows }], sizes);
    expect(Math.abs(segment?.centre.longitude ?? 0)).toBeCloseTo(180);
    expect(segment?.radiusKm).toBeCloseTo(111.2, 1);
  });

  it('gives no segments without cells', () => {
    expect(cut([], sizes)).toEqual([]);
  });

  it('refuses rows out of order', () => {
    const rows = [row('2', 0, 0), row('1', 0, 0)];
    const cell = { cell: 'a', centre: { latitude: 0, longitude: 0 }, rows };
    expect(() => cut([cell], { ...sizes, pageEndpoints: 1 })).toThrow('sort key 1 does not follow 2');
  });
});
