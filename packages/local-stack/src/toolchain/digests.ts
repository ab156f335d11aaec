import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A file's name and the SHA-256 (hex) it must have. */
export interface PinnedFile {
  readonly name: string;
  readonly sha256: string;
}

/** Reads lines of `<sha256> <path>`, as `sha256sum` writes them. */
export function parseLockList(text: string): PinnedFile[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const match = /^([0-9a-f]{64})\s+(\S+)$/.exec(line.trim());
      if (match === null) throw new Error(`Lock list, line ${index + 1}: expected "<sha256> <path>".`);
      return { name: match[2] as string, sha256: match[1] as string };
    });
}

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** A short mark of a pin file's content, for folder names: another pin, another folder. */
export function pinMark(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
}

/** Checks every pinned file below a folder and answers one sentence for each that is missing or differs. */
export async function checkPinnedFiles(folder: string, pinned: readonly PinnedFile[]): Promise<string[]> {
  const problems = await Promise.all(
    pinned.map(async ({ name, sha256 }) => {
      const actual = await sha256OfFile(join(folder, name)).catch(() => undefined);
      if (actual === undefined) return `${name} is missing`;
      return actual === sha256 ? undefined : `${name} has SHA-256 ${actual}, expected ${sha256}`;
    }),
  );
  return problems.filter((problem) => problem !== undefined);
}
