import type { Page, Segment } from '@quakewire/core';
import { aPage, aSegment } from '@quakewire/testing';
import fc from 'fast-check';
import { findCoverageProblem } from './find-coverage-problem.ts';

const page = (cell: string, from: string, to: string): Page => aPage({ range: { cell, from, to } });
const cells = [{ cell: 'a' }, { cell: 'b' }, { cell: 'c' }];
const good: Segment[] = [
  aSegment({ id: 0, pages: [page('a', '', '4'), page('a', '4', '8')] }),
  aSegment({ id: 1, pages: [page('a', '8', '~'), page('b', '', '~')] }),
  aSegment({ id: 2, pages: [page('c', '', '1'), page('c', '1', '~')] }),
];
const withPages = (change: (pages: Page[]) => Page[]): Segment[] => {
  const pages = change(good.flatMap((segment) => segment.pages));
  return [aSegment({ id: 0, pages })];
};

describe('the check before a map is published', () => {
  it('finds nothing wrong with a map that covers every cell', () => {
    expect(findCoverageProblem(good, cells)).toBeUndefined();
    expect(findCoverageProblem([], [])).toBeUndefined();
  });

  it.each([
    ['a cell without pages', [...cells, { cell: 'd' }], good, 'cell d is covered only to ""'],
    ['a cell that is not registered', cells.slice(0, 2), good, 'cell c is not registered, or not in its place'],
    ['cells in another order', [{ cell: 'b' }, { cell: 'a' }, { cell: 'c' }], good, 'cell b is covered only to ""'],
    ['a wrong segment id', cells, [aSegment({ id: 1 })], 'segment 0 has id 1'],
  ])('names %s', (_, registered, segments, problem) => {
    expect(findCoverageProblem(segments, registered)).toBe(problem);
  });

  it('finds any page that is missing, doubled or swapped with its neighbour', () => {
    const pages = good.flatMap((segment) => segment.pages).length;
    fc.assert(
      fc.property(fc.nat(pages - 1), fc.constantFrom('drop', 'double', 'swap'), (index, change) => {
        const broken = withPages((all) => {
          if (change === 'drop') return all.filter((_, at) => at !== index);
          const [one, two] = [all[index] as Page, all[(index + 1) % pages] as Page];
          const replacement = change === 'double' ? [one, one] : [two, one];
          return [...all.slice(0, index), ...replacement, ...all.slice(index + (change === 'double' ? 1 : 2))];
        });
        expect(findCoverageProblem(broken, cells)).toBeDefined();
      }),
    );
  });

  it('finds any bound that was moved', () => {
    const pages = good.flatMap((segment) => segment.pages).length;
    fc.assert(
      fc.property(
        fc.nat(pages - 1),
        fc.constantFrom('from', 'to'),
        fc.constantFrom('2', '5', '9'),
        (index, bound, to) => {
          const broken = withPages((all) =>
            all.map((one, at) => (at === index ? { ...one, range: { ...one.range, [bound]: to } } : one)),
          );
          expect(findCoverageProblem(broken, cells)).toBeDefined();
        },
      ),
    );
  });
});
