import { zipSync } from 'fflate';

/** The earliest time that a zip can say. Built from local parts, because a zip holds local time without its zone. */
const FIXED_TIME = new Date(1980, 0, 1);
const UNIX = 3;
/** A regular file that everybody may read: Lambda runs it as another user. */
const READABLE_FILE = (0o100644 << 16) >>> 0;

/** A zip with `index.mjs` and nothing else: the same code gives the same bytes on every machine, at any time. */
export function zipBundle(code: Uint8Array): Uint8Array {
  return zipSync({ 'index.mjs': [code, { level: 9, mtime: FIXED_TIME, os: UNIX, attrs: READABLE_FILE }] });
}
