const maximumId = 0xffff;

/** 2 bytes a segment id, in S-wave order. @throws for an id that does not fit. */
export function packSegmentOrder(ids: readonly number[]): Uint8Array {
  const packed = Buffer.alloc(ids.length * 2);
  for (const [rank, id] of ids.entries()) {
    if (!Number.isInteger(id) || id < 0 || id > maximumId)
      throw new Error(`segment id ${id} is not a whole number from 0 to ${maximumId}`);
    packed.writeUInt16BE(id, rank * 2);
  }
  return packed;
}

export function unpackSegmentOrder(packed: Uint8Array): number[] {
  const buffer = Buffer.from(packed);
  return Array.from({ length: buffer.length / 2 }, (_, rank) => buffer.readUInt16BE(rank * 2));
}
