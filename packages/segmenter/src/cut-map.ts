import {
  epicentralDistanceKm,
  highestSortKey,
  lowestSortKey,
  type Page,
  type Place,
  type PlacedKey,
  type RegisteredCell,
  type Segment,
} from '@quakewire/core';
import { createPlaceMean } from './place-mean.ts';
import { separator } from './separator.ts';

export interface CutSizes {
  /** A page is full at this many endpoints. */
  pageEndpoints: number;
  /** A segment ends with the page that reaches this many. */
  segmentEndpoints: number;
}

export interface MapCutter {
  /** The next cell in key order; the one before is complete. */
  beginCell(cell: RegisteredCell): void;
  /** The next row of the cell, in key order. */
  add(key: Pick<PlacedKey, 'sortKey' | 'place'>): void;
  /** Ends the last cell. */
  finish(): Segment[];
}

/** No cell of a segment is farther than this from its first one: neighbours in key order may be far apart on the map. */
const maximumSpanKm = 300;

/**
 * Cuts segments and pages from rows that come one by one in key order; keeps no more than the places of one segment.
 * A page never spans two cells, every cell is covered from its lowest to its highest key, and an empty cell is one empty
 * page, so that whoever moves in before the next map is told as well.
 */
export function cutMap(sizes: CutSizes): MapCutter {
  const segments: Segment[] = [];
  let pages: Page[] = [];
  let places: Place[] = [];
  let endpoints = 0;
  let cell: RegisteredCell | undefined;
  let firstCell: RegisteredCell | undefined;
  let page = openPage(lowestSortKey);

  const closePage = (to: string): void => {
    if (!cell) return;
    const range = { cell: cell.cell, from: page.from, to };
    pages.push({ range, centre: page.mean.mean() ?? cell.centre, endpoints: page.endpoints });
    endpoints += page.endpoints;
    page = openPage(to);
    if (endpoints >= sizes.segmentEndpoints) closeSegment();
  };
  const closeSegment = (): void => {
    if (pages.length > 0) segments.push({ id: segments.length, ...extentOf(places, pages), pages });
    [pages, places, endpoints, firstCell] = [[], [], 0, cell];
  };
  const endCell = (): void => {
    closePage(highestSortKey);
    page = openPage(lowestSortKey);
  };

  return {
    beginCell(next) {
      endCell();
      cell = next;
      if (pages.length === 0) firstCell = cell;
      if (firstCell && epicentralDistanceKm(firstCell.centre, next.centre) > maximumSpanKm) closeSegment();
    },
    add({ sortKey, place }) {
      if (page.endpoints >= sizes.pageEndpoints) closePage(separator(page.lastSortKey, sortKey));
      page.endpoints += 1;
      page.lastSortKey = sortKey;
      if (!place) return;
      page.mean.add(place);
      places.push(place);
    },
    finish() {
      endCell();
      closeSegment();
      return segments;
    },
  };
}

const openPage = (from: string) => ({ from, endpoints: 0, lastSortKey: from, mean: createPlaceMean() });

/** Centre of the endpoints, or of the pages where there are none, and how far the farthest is, rounded up to 0.1 km. */
function extentOf(places: readonly Place[], pages: readonly Page[]): Pick<Segment, 'centre' | 'radiusKm'> {
  const mean = createPlaceMean();
  const centres = pages.map(({ centre }) => centre);
  for (const place of places.length > 0 ? places : centres) mean.add(place);
  const centre = mean.mean() ?? (centres[0] as Place);
  let farthestKm = 0;
  for (const place of places) farthestKm = Math.max(farthestKm, epicentralDistanceKm(centre, place));
  return { centre, radiusKm: Math.ceil(farthestKm * 10) / 10 };
}
