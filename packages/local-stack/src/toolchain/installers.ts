import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Processes } from '../processes/create-processes.ts';
import { runCommand } from '../processes/run-command.ts';
import type { InstallContext } from './install-tool.ts';

/** What every installer needs: where to put things, how to run the package managers' own clients, whom to tell. */
export interface Installers extends InstallContext {
  /** Runs a client with the user's own settings (mirrors, proxies, certificates), its output in the cache's log folder. */
  readonly run: (command: string, args: readonly string[], options?: RunOptions) => Promise<void>;
}

export interface RunOptions {
  readonly workingFolder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export function createInstallers(processes: Processes, context: InstallContext): Installers {
  return {
    ...context,
    run: (command, args, options = {}) =>
      runCommand(processes, {
        name: command,
        command,
        args,
        environment: { ...definedOnly(process.env), ...options.environment },
        logFile: join(context.cacheFolder, 'logs', `${command.split('/').at(-1)}.log`),
        ...(options.workingFolder === undefined ? {} : { workingFolder: options.workingFolder }),
      }),
  };
}

/** A file that pins a version and its hashes. */
export function pinFile(path: string): string {
  return fileURLToPath(new URL(`./pins/${path}`, import.meta.url));
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
