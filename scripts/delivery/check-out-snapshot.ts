import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RollbackPorts, type TerraformRoot, terraformRoots } from '@quakewire/deployment';
import { createTerraformCommand } from '@quakewire/deployment/adapters';
import { artifactsName, writeArtifacts } from './artifacts-file.ts';
import { initRoots } from './init-roots.ts';
import { terraformFacts } from './open-snapshots.ts';
import { projectFolder } from './project-folder.ts';

/** Terraform's code, the environment's values and the provider locks as a snapshot has them, in a worktree beside this checkout. */
export function checkOutSnapshot(
  environment: string,
  stateVersion: (root: TerraformRoot) => Promise<string | null>,
): Pick<RollbackPorts, 'checkOut'> & { remove(): void } {
  const parent = mkdtempSync(join(tmpdir(), 'quakewire-rollback-'));
  const worktree = join(parent, 'checkout');
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: projectFolder, stdio: ['ignore', 'ignore', 'pipe'] });
  return {
    async checkOut({ commit, artifacts, providerLocks }) {
      git('worktree', 'add', '--force', '--detach', worktree, commit);
      const folder = join(worktree, 'terraform');
      for (const root of terraformRoots) writeFileSync(join(folder, root, '.terraform.lock.hcl'), providerLocks[root]);
      const artifactsFile = join(parent, artifactsName);
      writeArtifacts(artifactsFile, artifacts);
      const terraform = createTerraformCommand(['terraform'], folder, (text) => process.stderr.write(text));
      await initRoots(terraform, environment);
      return {
        ports: { terraform, ...terraformFacts(terraform, folder, stateVersion) },
        variableFiles: (root) => {
          const values = join(folder, 'environments', environment, `${root}.tfvars`);
          return root === 'pipeline' ? [values, artifactsFile] : [values];
        },
      };
    },
    remove() {
      rmSync(parent, { recursive: true, force: true });
      git('worktree', 'prune');
    },
  };
}
