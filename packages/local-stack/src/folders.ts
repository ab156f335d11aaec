import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root. */
export const projectFolder = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

/** Where downloads and builds are kept for every clone of this user: `QUAKEWIRE_CACHE`, else the XDG cache folder. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const own = environment.QUAKEWIRE_CACHE?.trim();
  if (own) return resolve(own);
  return join(environment.XDG_CACHE_HOME?.trim() || join(homedir(), '.cache'), 'quakewire');
}

/** The checkout's one ignored folder for data. */
export const dataFolderOfCheckout = join(projectFolder, '.quakewire');

/** Data of one kind of run: records, logs, broker data. */
export function defaultDataFolder(purpose: string): string {
  return join(dataFolderOfCheckout, purpose);
}
