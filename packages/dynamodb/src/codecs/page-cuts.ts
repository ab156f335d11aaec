import type { PageRange } from '@quakewire/core';

/** Separators that cannot stand in cells and sort keys, which are hex digits and `#`. */
const betweenCells = '\n';
const betweenBounds = '\t';

/**
 * Page ranges of a segment as text: for each cell its name and all bounds, so that the bound between two pages, which is
 * the end of one and the beginning of the next, is written once.
 * @throws when two pages of one cell leave a gap or overlap: such a map must never be stored.
 */
export function packPageCuts(ranges: readonly PageRange[]): Uint8Array {
  const lines: string[][] = [];
  let last: PageRange | undefined;
  for (const range of ranges) {
    if (range.cell !== last?.cell) lines.push([range.cell, range.from, range.to]);
    else if (range.from !== last.to) throw new Error(`pages of cell ${range.cell} do not join at ${last.to}`);
    else lines.at(-1)?.push(range.to);
    last = range;
  }
  return Buffer.from(lines.map((line) => line.join(betweenBounds)).join(betweenCells));
}

export function unpackPageCuts(packed: Uint8Array): PageRange[] {
  const lines = Buffer.from(packed).toString('utf8').split(betweenCells).filter(Boolean);
  return lines.flatMap((line) => {
    const [cell = '', ...bounds] = line.split(betweenBounds);
    return bounds.slice(1).map((to, index) => ({ cell, from: bounds[index] ?? '', to }));
  });
}
