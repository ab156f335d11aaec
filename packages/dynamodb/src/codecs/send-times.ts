const stepMs = 10;
const baseBytes = 6;
const notSent = 0xffff;
/** About 11 minutes after the page's first send; a later one (a page handed back for that long) is shown as this. */
const lastStep = notSent - 1;

/** The page's first send in whole milliseconds (6 bytes), then for each endpoint 2 bytes: steps of 10 ms after it. */
export function packSendTimes(timesMs: readonly (number | undefined)[]): Uint8Array | undefined {
  const sent = timesMs.filter((time) => time !== undefined);
  if (sent.length === 0) return undefined;
  const firstMs = Math.floor(Math.min(...sent));
  const packed = Buffer.alloc(baseBytes + timesMs.length * 2);
  packed.writeUIntBE(firstMs, 0, baseBytes);
  for (const [index, time] of timesMs.entries()) {
    const step = time === undefined ? notSent : Math.min(lastStep, Math.floor((time - firstMs) / stepMs));
    packed.writeUInt16BE(step, baseBytes + index * 2);
  }
  return packed;
}

export function unpackSendTimes(packed: Uint8Array | undefined, endpoints: number): (number | undefined)[] {
  if (!packed) return new Array(endpoints).fill(undefined);
  const buffer = Buffer.from(packed);
  const firstMs = buffer.readUIntBE(0, baseBytes);
  return Array.from({ length: endpoints }, (_, index) => {
    const step = buffer.readUInt16BE(baseBytes + index * 2);
    return step === notSent ? undefined : firstMs + step * stepMs;
  });
}
