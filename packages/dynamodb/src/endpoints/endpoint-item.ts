import { createHash } from 'node:crypto';
import type { ChannelName, Endpoint, EndpointRow, Place } from '@quakewire/core';
import { attributeNames } from '../attribute-names.ts';
import { bytes, type Item, number, reader, sortKeyOf, text, toAttributes, yes } from '../attribute-values.ts';
import { packPlace, unpackPlace } from '../codecs/places.ts';
import { packQuietHours, unpackQuietHours } from '../codecs/quiet-hours.ts';
import { packRowKey, unpackRowKey } from '../codecs/row-keys.ts';

/** Registry of coarse cells: one item a cell below this key. */
export const registryPartitionKey = (channel: ChannelName): string => `CELLS#${channel}`;
export const cellPartitionKey = (channel: ChannelName, cell: string): string => `${channel}#${cell}`;

export const cellItemOf = (channel: ChannelName, cell: string, centre: Place): Item => ({
  ...{ pk: text(registryPartitionKey(channel)), sk: text(cell) },
  ...toAttributes({ place: bytes(packPlace(centre)) }),
});

export const endpointItemOf = (key: { cell: string; sortKey: string }, endpoint: Endpoint): Item => ({
  ...{ pk: text(cellPartitionKey(endpoint.channel, key.cell)), sk: text(key.sortKey) },
  ...toAttributes({
    place: bytes(packPlace(endpoint)),
    country: text(endpoint.country),
    language: text(endpoint.language),
    sealedAddress: bytes(endpoint.sealedAddress),
    minimumIntensity: number(endpoint.minimumIntensity),
    validFromMs: number(endpoint.validFromMs),
    validToMs: endpoint.validToMs === undefined ? undefined : number(endpoint.validToMs),
    optedOut: endpoint.optedOut ? yes : undefined,
    quietHours: endpoint.quietHours && text(packQuietHours(endpoint.quietHours)),
    backup: endpoint.backup && text(packRowKey(endpoint.backup)),
    isBackup: endpoint.isBackup ? yes : undefined,
  }),
});

/** A row that does not parse becomes one that says why: it must not take its page with it. */
export function endpointRowOf(channel: ChannelName, item: Item): EndpointRow {
  const sortKey = sortKeyOf(item);
  const id = sortKey.split('#')[1] ?? '';
  try {
    if (!isEndpointId(id)) throw new Error('the key holds no endpoint id');
    return { sortKey, endpoint: endpointOf(channel, id, item) };
  } catch (error) {
    const endpointId = isEndpointId(id) ? id : createHash('sha256').update(sortKey).digest('hex').slice(0, 16);
    return { sortKey, endpointId, unreadable: (error as Error).message };
  }
}

/** Undefined when the row does not say where it lies. */
export function placeOf(item: Item): Place | undefined {
  try {
    return unpackPlace(reader(item).bytes('place'));
  } catch {
    return undefined;
  }
}

const isEndpointId = (id: string): boolean => /^[0-9a-f]{16}$/.test(id);

function endpointOf(channel: ChannelName, id: string, item: Item): Endpoint {
  const read = reader(item);
  const place = placeOf(item);
  if (!place) throw new Error(`place (attribute ${attributeNames.place}) is missing or not a place`);
  const validToMs = read.optionalNumber('validToMs');
  const quietHours = unpackQuietHours(read.optionalText('quietHours'));
  const backup = read.optionalText('backup');
  return {
    ...{ id, channel, ...place },
    country: read.text('country'),
    language: read.text('language'),
    sealedAddress: read.bytes('sealedAddress'),
    minimumIntensity: read.number('minimumIntensity'),
    validFromMs: read.number('validFromMs'),
    ...(validToMs === undefined ? {} : { validToMs }),
    optedOut: read.isYes('optedOut'),
    ...(quietHours && { quietHours }),
    ...(backup === undefined ? {} : { backup: unpackRowKey(backup) }),
    ...(read.isYes('isBackup') ? { isBackup: true } : {}),
  };
}
