import {
  type ChannelName,
  type EndpointPlaces,
  type PlacedKey,
  pageSize,
  type RegisteredCell,
  type Segment,
  type SegmentMap,
  type SegmentMapStore,
  type SizingInForce,
} from '@quakewire/core';
import { createCountryCounts } from './country-counts.ts';
import { type CutSizes, cutMap, type MapCutter } from './cut-map.ts';
import { findCoverageProblem } from './find-coverage-problem.ts';
import { createMapFit } from './map-fit.ts';
import { readInOrder } from './read-ahead.ts';

export interface PublishMapDeps {
  places: EndpointPlaces;
  maps: SegmentMapStore;
}

export interface PublishedMap {
  channel: ChannelName;
  /** In force after this. */
  version: number;
  /** False when the map in force still fits. */
  published: boolean;
  segments: number;
  pages: number;
  endpoints: number;
  /** Endpoints of today by country, opted-out rows left out. */
  byCountry: Readonly<Record<string, number>>;
}

const cellsAhead = 2;

/**
 * Cuts a channel's segment map from its endpoints of today, and publishes it if the map in force no longer fits them.
 * @throws when the cut does not cover every registered cell: nothing is published then.
 */
export async function publishMap(
  channel: ChannelName,
  sizing: SizingInForce,
  deps: PublishMapDeps,
): Promise<PublishedMap> {
  const sizes = cutSizes(channel, sizing);
  const version = await deps.maps.currentVersion(channel);
  const current = version === undefined ? undefined : await deps.maps.read(channel, version);
  const fit = createMapFit(current ?? { segments: [] }, sizes);
  const cells = await deps.places.listCells(channel);
  const counts = createCountryCounts();
  const segments = await readAndCut(channel, cells, deps.places, cutMap(sizes), (cell, key) => {
    fit.add(cell, key.sortKey);
    counts.add(key);
  });

  const problem = findCoverageProblem(segments, cells);
  if (problem) throw new Error(`segment map of ${channel} is not published: ${problem}`);
  if (current && fit.isGood(cells, segments)) return summaryOf(current, false, counts.byCountry());
  const next = { channel, version: (version ?? 0) + 1, segments };
  await deps.maps.publish(next);
  return summaryOf(next, true, counts.byCountry());
}

function cutSizes(channel: ChannelName, sizing: SizingInForce): CutSizes {
  const sized = sizing.channels[channel];
  if (!sized) throw new Error(`the sizing in force has no channel ${channel}`);
  return { pageEndpoints: pageSize(sized.providerRatePerSecond), segmentEndpoints: sized.segmentEndpoints };
}

async function readAndCut(
  channel: ChannelName,
  cells: readonly RegisteredCell[],
  places: EndpointPlaces,
  cutter: MapCutter,
  watch: (cell: string, key: PlacedKey) => void,
): Promise<Segment[]> {
  const reading = readInOrder(cells, cellsAhead, ({ cell }) => places.readPlaces(channel, cell));
  for await (const { source: cell, batches } of reading) {
    cutter.beginCell(cell);
    for await (const batch of batches) {
      for (const key of batch) {
        cutter.add(key);
        watch(cell.cell, key);
      }
    }
  }
  return cutter.finish();
}

function summaryOf(
  { channel, version, segments }: SegmentMap,
  published: boolean,
  byCountry: Readonly<Record<string, number>>,
): PublishedMap {
  const pages = segments.flatMap((segment) => segment.pages);
  const endpoints = pages.reduce((sum, page) => sum + page.endpoints, 0);
  return { channel, version, published, segments: segments.length, pages: pages.length, endpoints, byCountry };
}
