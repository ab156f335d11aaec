import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, defaultDataFolder } from './folders.ts';
import { createProcesses } from './processes/create-processes.ts';
import { createInstallers, type Installers } from './toolchain/installers.ts';
import { requireTools, terraform } from './toolchain/preflight.ts';
import { prepareToolchain } from './toolchain/prepare-toolchain.ts';
import { terraformCliConfig } from './toolchain/terraform-cli-config.ts';
import { bringTerraformProviders } from './toolchain/terraform-providers.ts';

/** Checks the machine's tools and brings every part of the stack into the cache, without starting any. */
export async function bringTools(log: (line: string) => void): Promise<void> {
  await withInstallers(log, prepareToolchain);
}

/** Writes a Terraform CLI configuration that knows the local providers into a folder; answers the file, for `TF_CLI_CONFIG_FILE`. */
export async function terraformCliConfigFile(folder: string, log: (line: string) => void): Promise<string> {
  await requireTools([terraform]);
  const file = join(folder, 'terraform.rc');
  writeFileSync(file, terraformCliConfig(await withInstallers(log, bringTerraformProviders)));
  return file;
}

/** Two commands may do this at once: each keeps its records in a folder of its own, the cache has a lock. */
async function withInstallers<T>(
  log: (line: string) => void,
  work: (installers: Installers) => Promise<T>,
): Promise<T> {
  const folder = defaultDataFolder(`tools-${process.pid}`);
  const processes = await createProcesses(folder, { ownerName: 'installation of tools', log });
  try {
    return await work(createInstallers(processes, { cacheFolder: cacheFolder(), log }));
  } finally {
    await processes.stopAll();
    await rm(folder, { recursive: true, force: true });
  }
}
