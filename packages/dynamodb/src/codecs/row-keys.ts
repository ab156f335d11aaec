import type { RowKey } from '@quakewire/core';

/** Separators that stand in no cell and no sort key, which are hex digits and `#`. */
const betweenRows = '\n';
const afterCell = '/';

/** `<cell>/<sort key>`: the sort key ends in the endpoint's id. */
export const packRowKey = ({ cell, sortKey }: RowKey): string => `${cell}${afterCell}${sortKey}`;

/** @throws when it is not a row's key. */
export function unpackRowKey(packed: string): RowKey {
  const parts = /^([^/]+)\/([^/]*#([0-9a-f]{16}))$/.exec(packed);
  if (!parts) throw new Error("a row's key is not <cell>/<sort key with an endpoint id>");
  return { cell: parts[1] as string, sortKey: parts[2] as string, endpointId: parts[3] as string };
}

/** A line an endpoint, empty where it has none; undefined where nobody has one. */
export function packRowKeys(keys: readonly (RowKey | undefined)[]): string | undefined {
  if (keys.every((key) => key === undefined)) return undefined;
  return keys.map((key) => (key ? packRowKey(key) : '')).join(betweenRows);
}

export const unpackRowKeys = (packed: string | undefined): (RowKey | undefined)[] =>
  packed === undefined ? [] : packed.split(betweenRows).map((line) => (line === '' ? undefined : unpackRowKey(line)));
