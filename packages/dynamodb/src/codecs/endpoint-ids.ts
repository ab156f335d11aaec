import { packRows, unpackRows } from './shared-columns.ts';

const idBytes = 8;

/** At most 8 bytes an endpoint id. @throws when an id is not 16 lower-case hex digits. */
export function packEndpointIds(ids: readonly string[]): Uint8Array {
  const rows = ids.map((id) => {
    if (!/^[0-9a-f]{16}$/.test(id)) throw new Error(`endpoint id ${id} is not 16 lower-case hex digits`);
    return Buffer.from(id, 'hex');
  });
  return packRows(idBytes, rows);
}

/** @throws when they are not the ids of so many endpoints. */
export function unpackEndpointIds(packed: Uint8Array, endpoints: number): string[] {
  const { rows, rest } = unpackRows(idBytes, endpoints, Buffer.from(packed));
  if (rest.length > 0) throw new Error(`${packed.length} bytes are more than the ids of ${endpoints} endpoints`);
  return rows.map((row) => row.toString('hex'));
}
