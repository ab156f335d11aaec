/** Longest reason that is kept, in bytes; the log has the whole. */
const maximumReasonBytes = 80;
const maximumTableSize = 255;
const headerBytes = 1;
const assignmentBytes = 3;

/**
 * Reasons of a page: a small table of the distinct texts, then 2 bytes position and 1 byte table index for each endpoint
 * that has one. Most have none, and a page seldom knows more than a few. From the 255th distinct reason on, the last
 * place in the table stands for all.
 */
export function packReasons(reasons: readonly (string | undefined)[]): Uint8Array | undefined {
  const table: string[] = [];
  const assignments: Buffer[] = [];
  for (const [position, reason] of reasons.entries()) {
    if (reason === undefined) continue;
    const assignment = Buffer.alloc(assignmentBytes);
    assignment.writeUInt16BE(position, 0);
    assignment.writeUInt8(indexIn(table, shortened(reason)), 2);
    assignments.push(assignment);
  }
  if (assignments.length === 0) return undefined;
  const texts = table.flatMap((reason) => [Buffer.from([Buffer.byteLength(reason)]), Buffer.from(reason)]);
  return Buffer.concat([Buffer.from([table.length]), ...texts, ...assignments]);
}

export function unpackReasons(packed: Uint8Array | undefined, endpoints: number): (string | undefined)[] {
  const reasons: (string | undefined)[] = new Array(endpoints).fill(undefined);
  if (!packed) return reasons;
  const buffer = Buffer.from(packed);
  const table: string[] = [];
  let at = headerBytes;
  for (let index = 0; index < buffer.readUInt8(0); index++) {
    const length = buffer.readUInt8(at);
    table.push(buffer.toString('utf8', at + 1, at + 1 + length));
    at += 1 + length;
  }
  for (; at < buffer.length; at += assignmentBytes) reasons[buffer.readUInt16BE(at)] = table[buffer.readUInt8(at + 2)];
  return reasons;
}

function indexIn(table: string[], reason: string): number {
  const known = table.indexOf(reason);
  if (known !== -1) return known;
  if (table.length === maximumTableSize) return maximumTableSize - 1;
  const isLastPlace = table.length === maximumTableSize - 1;
  return table.push(isLastPlace ? 'other' : reason) - 1;
}

/** Cut at a whole character. */
function shortened(reason: string): string {
  let kept = '';
  let size = 0;
  for (const character of reason) {
    size += Buffer.byteLength(character);
    if (size > maximumReasonBytes) break;
    kept += character;
  }
  return kept;
}
