import type { Page, RegisteredCell, Segment, SegmentMap } from '@quakewire/core';
import type { CutSizes } from './cut-map.ts';
import { findCoverageProblem } from './find-coverage-problem.ts';

export interface MapFit {
  /** The next row, in the order of cells and keys. */
  add(cell: string, sortKey: string): void;
  /** False when another map should replace this one. */
  isGood(cells: readonly RegisteredCell[], fresh: readonly Segment[]): boolean;
}

/** A page is sent as one until it has outgrown its aim by this much; a map may be this much finer than a fresh one. */
const tolerance = 1.5;

/**
 * How the map in force fits the endpoints of today. As long as it covers all cells and no page or segment has outgrown its
 * size, a fresh cut would only move bounds about, and cost a version.
 */
export function createMapFit(map: Pick<SegmentMap, 'segments'>, sizes: CutSizes): MapFit {
  const pages = map.segments.flatMap((segment) => segment.pages.map((page) => ({ page, segmentId: segment.id })));
  const inSegment = new Map<number, number>();
  let at = 0;
  let inPage = 0;
  let fullestPage = 0;

  return {
    add(cell, sortKey) {
      while (at < pages.length && isBefore(pages[at]?.page as Page, cell, sortKey)) {
        at += 1;
        inPage = 0;
      }
      inPage += 1;
      fullestPage = Math.max(fullestPage, inPage);
      const segmentId = pages[at]?.segmentId ?? -1;
      inSegment.set(segmentId, (inSegment.get(segmentId) ?? 0) + 1);
    },
    isGood(cells, fresh) {
      const freshPages = fresh.reduce((sum, segment) => sum + segment.pages.length, 0);
      return (
        findCoverageProblem(map.segments, cells) === undefined &&
        fullestPage <= tolerance * sizes.pageEndpoints &&
        Math.max(0, ...inSegment.values()) <= tolerance * sizes.segmentEndpoints &&
        map.segments.length <= tolerance * fresh.length &&
        pages.length <= tolerance * freshPages
      );
    },
  };
}

/** A page of an earlier cell, or one that ends at or before the key. */
const isBefore = ({ range }: Page, cell: string, sortKey: string): boolean =>
  range.cell === cell ? range.to <= sortKey : range.cell < cell;
