import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPinnedFiles, parseLockList, sha256OfFile } from './digests.ts';

const SEAL = 'SHA256SUMS';

/**
 * For what is built here: the sources are pinned, the result differs by compiler. Its hashes are written down right after
 * the build, so that a file that changes later is noticed before it runs.
 */
export async function sealFiles(folder: string, names: readonly string[]): Promise<void> {
  const lines = await Promise.all(names.map(async (name) => `${await sha256OfFile(join(folder, name))}  ${name}\n`));
  await writeFile(join(folder, SEAL), lines.join(''));
}

/** One sentence for each sealed file that is missing or changed. */
export async function checkSeal(folder: string): Promise<string[]> {
  let text: string;
  try {
    text = readFileSync(join(folder, SEAL), 'utf8');
  } catch {
    return ['its list of hashes is missing'];
  }
  return checkPinnedFiles(folder, parseLockList(text));
}
