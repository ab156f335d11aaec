import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { RunTerraform } from './act.ts';

/**
 * Runs a command that takes Terraform's arguments, in the folder of a root, with the output on the terminal.
 * An interrupt is left to Terraform, which then ends its work and gives back its lock.
 * @param command `['terraform']`, or a wrapper that sets variables first.
 * @param folder Folder that holds the roots.
 */
export function createTerraformCommand(command: readonly string[], folder: string): RunTerraform {
  const [program = 'terraform', ...before] = command;
  return (root, args) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, [...before, `-chdir=${join(folder, root)}`, ...args], { stdio: 'inherit' });
      // Ctrl-C reaches the whole group by itself; a bare `kill` reaches only this process.
      const leaveToTerraform = () => {};
      const passOn = () => void child.kill('SIGINT');
      process.on('SIGINT', leaveToTerraform).on('SIGTERM', passOn);
      const settle = (failure?: string) => {
        process.off('SIGINT', leaveToTerraform).off('SIGTERM', passOn);
        if (failure === undefined) resolve(undefined);
        else reject(new Error(failure));
      };
      child.once('error', (error) => settle(`terraform could not be started: ${error.message}`));
      child.once('exit', (code, signal) =>
        settle(code === 0 ? undefined : `terraform ${args[0]} of ${root} failed (${signal ?? `exit code ${code}`})`),
      );
    });
}
