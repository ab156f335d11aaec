const idBytes = 8;

/** 8 bytes an endpoint id. @throws when an id is not 16 lower-case hex digits. */
export function packEndpointIds(ids: readonly string[]): Uint8Array {
  for (const id of ids)
    if (!/^[0-9a-f]{16}$/.test(id)) throw new Error(`endpoint id ${id} is not 16 lower-case hex digits`);
  return Buffer.from(ids.join(''), 'hex');
}

export function unpackEndpointIds(packed: Uint8Array): string[] {
  const hex = Buffer.from(packed).toString('hex');
  return Array.from({ length: packed.length / idBytes }, (_, index) => hex.slice(index * 16, index * 16 + 16));
}
