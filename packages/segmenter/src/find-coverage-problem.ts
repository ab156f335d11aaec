import { highestSortKey, lowestSortKey, type Page, type RegisteredCell, type Segment } from '@quakewire/core';

/**
 * What is wrong with a map that is about to be published; undefined when every registered cell is covered from its lowest
 * to its highest key, without gap or overlap, in key order. Only this makes "all pages final" mean "nobody missed".
 */
export function findCoverageProblem(
  segments: readonly Segment[],
  cells: readonly Pick<RegisteredCell, 'cell'>[],
): string | undefined {
  const misnumbered = segments.findIndex(({ id }, index) => id !== index);
  if (misnumbered !== -1) return `segment ${misnumbered} has id ${segments[misnumbered]?.id}`;
  const pages = segments.flatMap((segment) => segment.pages);
  let at = 0;
  for (const { cell } of cells) {
    const start = at;
    while (pages[at]?.range.cell === cell) at += 1;
    const problem = findCellProblem(cell, pages.slice(start, at));
    if (problem) return problem;
  }
  return at < pages.length ? `cell ${pages[at]?.range.cell} is not registered, or not in its place` : undefined;
}

function findCellProblem(cell: string, pages: readonly Page[]): string | undefined {
  let reached = lowestSortKey;
  for (const { from, to } of pages.map(({ range }) => range)) {
    if (from !== reached) return `cell ${cell}: a page begins at "${from}" where "${reached}" was reached`;
    if (to <= from) return `cell ${cell}: the page from "${from}" ends at "${to}"`;
    reached = to;
  }
  return reached === highestSortKey ? undefined : `cell ${cell} is covered only to "${reached}"`;
}
