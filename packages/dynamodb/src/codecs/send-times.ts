import { packRows, unpackRows } from './shared-columns.ts';

const stepMs = 10;
const baseBytes = 6;
const stepBytes = 2;
/** Steps begin at 1, so that most pages, which take less than 2.5 s, need no upper byte. */
const notSent = 0;
const firstStep = 1;
/** About 11 minutes after the page's first send; a later one (a page handed back for that long) is shown as this. */
const lastStep = 0xffff;

/** The page's first send in whole milliseconds (6 bytes), then at most 2 bytes an endpoint: steps of 10 ms after it. */
export function packSendTimes(timesMs: readonly (number | undefined)[]): Uint8Array | undefined {
  const sent = timesMs.filter((time) => time !== undefined);
  if (sent.length === 0) return undefined;
  const firstMs = Math.floor(Math.min(...sent));
  const base = Buffer.alloc(baseBytes);
  base.writeUIntBE(firstMs, 0, baseBytes);
  const steps = timesMs.map((time) => {
    const step = time === undefined ? notSent : firstStep + Math.floor((time - firstMs) / stepMs);
    const packed = Buffer.alloc(stepBytes);
    packed.writeUInt16BE(Math.min(lastStep, step));
    return packed;
  });
  return Buffer.concat([base, packRows(stepBytes, steps)]);
}

export function unpackSendTimes(packed: Uint8Array | undefined, endpoints: number): (number | undefined)[] {
  if (!packed) return new Array(endpoints).fill(undefined);
  const buffer = Buffer.from(packed);
  const firstMs = buffer.readUIntBE(0, baseBytes);
  return unpackRows(stepBytes, endpoints, buffer.subarray(baseBytes)).rows.map((row) => {
    const step = row.readUInt16BE();
    return step === notSent ? undefined : firstMs + (step - firstStep) * stepMs;
  });
}
