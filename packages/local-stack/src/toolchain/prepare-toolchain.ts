import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dynoxide, dynoxideProgram } from './dynoxide.ts';
import { installTool } from './install-tool.ts';
import type { Installers } from './installers.ts';
import { kafkaJars } from './kafka-jars.ts';
import { ministack, ministackPython } from './ministack.ts';
import { findMissingTools, java, maven, python, type Requirement, requireTools, terraform } from './preflight.ts';
import { bringTerraformProviders, type MirroredProvider } from './terraform-providers.ts';

/** Everything that the stack runs, verified. */
export interface Toolchain {
  /** Folder with Kafka's jars. */
  readonly kafkaJars: string;
  readonly ministackPython: string;
  /** undefined = no Rust here: MiniStack's own tables are used. */
  readonly dynoxideProgram: string | undefined;
  readonly terraformProviders: readonly MirroredProvider[];
}

/** Rust's package manager; any version that understands the crate will do, so a failed build falls back as well. */
const cargo: Requirement = {
  name: 'Rust',
  command: 'cargo',
  args: ['--version'],
  minimum: [1, 0, 0],
  readVersion: () => [1, 0, 0],
  remedy: 'install it (https://rustup.rs)',
};

/** Checks the machine's tools, then finds or installs every part. The second time it only verifies (below a second). */
export async function prepareToolchain(installers: Installers): Promise<Toolchain> {
  const jars = kafkaJars(installers);
  const hasJars = existsSync(join(installers.cacheFolder, jars.folderName));
  await requireTools([java, ...(hasJars ? [] : [maven]), python, terraform]);
  // The providers come first: only here may a further tool (Go) turn out to be needed, before the other downloads.
  const terraformProviders = await bringTerraformProviders(installers);
  return {
    terraformProviders,
    kafkaJars: await installTool(jars, installers),
    ministackPython: ministackPython(await installTool(ministack(installers), installers)),
    dynoxideProgram: await bringDynoxide(installers),
  };
}

/** A faster table server, never a must: without Rust, or when it cannot be built, the emulator's tables serve. */
export async function bringDynoxide(installers: Installers): Promise<string | undefined> {
  const tool = dynoxide(installers);
  const isThere = existsSync(join(installers.cacheFolder, tool.folderName));
  if (!isThere && (await findMissingTools([cargo])).length > 0) {
    installers.log('Rust is not installed: tables are served by MiniStack (fine to about 20,000 subscribers)');
    return undefined;
  }
  try {
    return dynoxideProgram(await installTool(tool, installers));
  } catch (error) {
    installers.log(
      `The faster table server cannot be built, tables are served by MiniStack: ${(error as Error).message.split('\n')[0]}`,
    );
    return undefined;
  }
}
