import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Terraform } from '../ports.ts';

/** Commands whose answer holds every value in clear. */
const neverShown: ReadonlySet<string> = new Set(['show', 'state', 'output', 'version']);

/**
 * Runs Terraform in the folder of a root. What it says while it plans and applies is passed on as it comes.
 * An interrupt is left to Terraform, which then ends its work and gives back its lock.
 * @param command `['terraform']`, or a wrapper that sets variables first.
 * @param folder Folder that holds the roots.
 * @param show Told what a person may read.
 */
export function createTerraformCommand(
  command: readonly string[],
  folder: string,
  show: (text: string) => void,
): Terraform {
  const [program = 'terraform', ...before] = command;
  return (root, args) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, [...before, `-chdir=${join(folder, root)}`, ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const isShown = !neverShown.has(args[0] ?? '');
      let output = '';
      let errors = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (isShown) show(text);
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        errors += text;
        show(text);
      });
      // Ctrl-C reaches the whole group by itself; a bare `kill` reaches only this process.
      const leaveToTerraform = () => {};
      const passOn = () => void child.kill('SIGINT');
      process.on('SIGINT', leaveToTerraform).on('SIGTERM', passOn);
      const release = () => process.off('SIGINT', leaveToTerraform).off('SIGTERM', passOn);
      child.once('error', (error) => {
        release();
        reject(new Error(`terraform could not be started: ${error.message}`));
      });
      child.once('close', (code, signal) => {
        release();
        // Ended by a signal: no answer of its own.
        if (signal !== null) errors += `terraform ${args[0]} of ${root} was ended by ${signal}\n`;
        resolve({ exitCode: code ?? 1, output, errors });
      });
    });
}
