/**
 * Rows of bytes, all of one width: a bit for each column that says whether it is the same in every row, the bytes of these
 * columns once, and then the other bytes row by row. What a page holds has much in common (a provider's region, the hour,
 * the leading zeros of a counter), and every byte is paid for with each write of the page.
 */
export function packRows(width: number, rows: readonly Uint8Array[]): Buffer {
  const [first] = rows;
  if (!first) return Buffer.alloc(0);
  const isShared = Array.from({ length: width }, (_, column) => rows.every((row) => row[column] === first[column]));
  const bytesOf = (row: Uint8Array, kind: boolean) => row.filter((_, column) => isShared[column] === kind);
  return Buffer.concat([packBits(isShared), bytesOf(first, true), ...rows.map((row) => bytesOf(row, false))]);
}

/** So many rows, and the bytes after them. @throws when there are not as many. */
export function unpackRows(width: number, count: number, packed: Buffer): { rows: Buffer[]; rest: Buffer } {
  if (count === 0) return { rows: [], rest: packed };
  const isShared = unpackBits(width, packed);
  const shared = isShared.filter(Boolean).length;
  const end = bytesOfBits(width) + shared + (width - shared) * count;
  if (end > packed.length) throw new Error(`${packed.length} bytes are fewer than ${count} rows need, which is ${end}`);
  let at = bytesOfBits(width);
  const fill = (row: Buffer, kind: boolean): Buffer => {
    for (let column = 0; column < width; column++) if (isShared[column] === kind) row[column] = packed.readUInt8(at++);
    return row;
  };
  const common = fill(Buffer.alloc(width), true);
  const rows = Array.from({ length: count }, () => fill(Buffer.from(common), false));
  return { rows, rest: packed.subarray(end) };
}

const bytesOfBits = (bits: number): number => Math.ceil(bits / 8);

function packBits(bits: readonly boolean[]): Buffer {
  const packed = Buffer.alloc(bytesOfBits(bits.length));
  for (const [index, bit] of bits.entries())
    if (bit) packed[index >> 3] = (packed[index >> 3] ?? 0) | (1 << (index & 7));
  return packed;
}

const unpackBits = (bits: number, packed: Buffer): boolean[] =>
  Array.from({ length: bits }, (_, index) => (((packed[index >> 3] ?? 0) >> (index & 7)) & 1) === 1);
