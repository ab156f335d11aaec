import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangePorts } from '@quakewire/deployment';
import type { World } from './world.ts';

/** Another runner on the same installation: the same states and files, its own working copy. */
export function createSecondRunner({ installation, deployed, terminal }: World): ChangePorts {
  const { dataFolder } = installation.stack;
  const folder = join(dataFolder, 'second-runner');
  const artifacts = 'artifacts.auto.tfvars.json';
  mkdirSync(folder, { recursive: true });
  cpSync(join(dataFolder, artifacts), join(folder, artifacts));
  return deployed.deploymentIn(folder).changePorts((sentence) => terminal.line(`  second: ${sentence}`));
}
