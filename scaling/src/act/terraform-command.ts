import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { RunTerraform } from './act.ts';

/**
 * Runs a command that takes Terraform's arguments, in the folder of a root, with the output on the terminal.
 * @param command `['terraform']`, or a wrapper that sets variables first.
 * @param folder Folder that holds the roots.
 */
export function createTerraformCommand(command: readonly string[], folder: string): RunTerraform {
  const [program = 'terraform', ...before] = command;
  return (root, args) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, [...before, `-chdir=${join(folder, root)}`, ...args], { stdio: 'inherit' });
      child.once('error', (error) => reject(new Error(`terraform could not be started: ${error.message}`)));
      child.once('exit', (code, signal) => {
        if (code === 0) resolve(undefined);
        else reject(new Error(`terraform ${args[0]} of ${root} failed (${signal ?? `exit code ${code}`})`));
      });
    });
}
