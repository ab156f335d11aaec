import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withFileLock } from '../processes/with-file-lock.ts';

/** Something that is fetched or built once into the user's cache. */
export interface Tool {
  /** For people: what it is and its version. */
  readonly title: string;
  /** Below the cache folder; holds the version and a mark of the pins, so that another pin never meets an old folder. */
  readonly folderName: string;
  /** Fills an empty folder. */
  readonly install: (folder: string) => Promise<void>;
  /** One sentence for each thing that is not as pinned; empty = good to use. Also runs at every later start. */
  readonly verify: (folder: string) => Promise<string[]>;
}

export interface InstallContext {
  readonly cacheFolder: string;
  readonly log: (line: string) => void;
}

/**
 * Answers the tool's verified folder, installing it first where it is missing or no longer as pinned. It is filled under
 * another name and renamed when verified: a broken or unfinished installation is never seen, also by a second run.
 */
export async function installTool(tool: Tool, context: InstallContext): Promise<string> {
  const folder = join(context.cacheFolder, tool.folderName);
  if (await isReady(tool, folder, context)) return folder;
  return withFileLock(
    `${folder}.lock`,
    async () => {
      if (await isReady(tool, folder, { ...context, log: () => undefined })) return folder; // the run we waited for has done it
      await installUnderLock(tool, folder, context);
      return folder;
    },
    (pid) => context.log(`${tool.title}: waiting for another run that installs it (pid ${pid})`),
  );
}

async function installUnderLock(tool: Tool, folder: string, { log }: InstallContext): Promise<void> {
  const partial = `${folder}.partial-${process.pid}`;
  const started = performance.now();
  log(`${tool.title}: installing (once, into ${dirname(folder)}) ...`);
  await removeUnfinished(folder);
  await mkdir(partial, { recursive: true });
  try {
    await tool.install(partial);
    const problems = await tool.verify(partial);
    if (problems.length > 0)
      throw new Error(`${tool.title} is not what is pinned, nothing of it was used: ${problems.join('; ')}.`);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  log(`${tool.title}: installed in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** What an earlier run was filling when it was killed; the lock says that nobody fills anything now. */
async function removeUnfinished(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.partial-`;
  const unfinished = (await readdir(dirname(folder))).filter((name) => name.startsWith(prefix));
  for (const name of unfinished) await rm(join(dirname(folder), name), { recursive: true, force: true });
}

async function isReady(tool: Tool, folder: string, { log }: InstallContext): Promise<boolean> {
  if (!existsSync(folder)) return false;
  const problems = await tool.verify(folder);
  if (problems.length > 0) log(`${tool.title}: not as pinned (${problems[0]}), installing anew`);
  return problems.length === 0;
}
