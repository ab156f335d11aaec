import type { ChannelName, Page, Segment, SegmentMap } from '@quakewire/core';
import { bytes, type Item, keysOf, number, reader, text, toAttributes } from './attribute-values.ts';
import { packPageCuts, unpackPageCuts } from './codecs/page-cuts.ts';
import { packPlace, packPlaces, unpackPlace, unpackPlaces } from './codecs/places.ts';

export const currentMapKey = (channel: ChannelName): Item => ({ pk: text(`M#${channel}`), sk: text('cur') });
export const mapPartitionKey = (channel: ChannelName, version: number): string => `M#${channel}#${version}`;

/**
 * The item of a version that reserves it for one publication and, once every segment is written, says how many there are.
 * Segments carry the publication's name: what a publication left that died is not part of the version.
 */
export const headSortKey = 'head';
export const headItemKey = (channel: ChannelName, version: number): Item => ({
  pk: text(mapPartitionKey(channel, version)),
  sk: text(headSortKey),
});

export const segmentItemOf = (
  { channel, version }: Pick<SegmentMap, 'channel' | 'version'>,
  publication: string,
  segment: Segment,
): Item => ({
  ...{ pk: text(mapPartitionKey(channel, version)), sk: text(String(segment.id)) },
  ...toAttributes({
    publication: text(publication),
    centre: bytes(packPlace(segment.centre)),
    radiusKm: number(segment.radiusKm),
    pageCuts: bytes(packPageCuts(segment.pages.map(({ range }) => range))),
    pageCentres: bytes(packPlaces(segment.pages.map(({ centre }) => centre))),
    endpointCounts: text(segment.pages.map(({ endpoints }) => endpoints).join(',')),
  }),
});

/** Undefined unless the version was published and every segment of it is among the items. */
export function mapOf(channel: ChannelName, version: number, items: readonly Item[]): SegmentMap | undefined {
  const head = items.find((item) => keysOf(item).sortKey === headSortKey);
  const segmentCount = head && reader(head).optionalNumber('segmentCount');
  if (!head || segmentCount === undefined) return undefined;
  const publication = reader(head).text('publication');
  const own = items.filter((item) => item !== head && reader(item).text('publication') === publication);
  if (own.length !== segmentCount) return undefined;
  return { channel, version, segments: own.map(segmentOf).sort((a, b) => a.id - b.id) };
}

function segmentOf(item: Item): Segment {
  const read = reader(item);
  return {
    id: Number(keysOf(item).sortKey),
    centre: unpackPlace(read.bytes('centre')),
    radiusKm: read.number('radiusKm'),
    pages: pagesOf(read),
  };
}

function pagesOf(read: ReturnType<typeof reader>): Page[] {
  const centres = unpackPlaces(read.bytes('pageCentres'));
  const counts = read.text('endpointCounts').split(',').map(Number);
  return unpackPageCuts(read.bytes('pageCuts')).map((range, index) => {
    const [centre, endpoints] = [centres[index], counts[index]];
    if (!centre || endpoints === undefined) throw new Error('segment item has more page cuts than centres or counts');
    return { range, centre, endpoints };
  });
}
