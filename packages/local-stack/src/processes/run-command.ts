import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Processes, ProcessSpec } from './create-processes.ts';
import { lastLines } from './wait-until-healthy.ts';

/** Runs a command to its end, its output in the log file. Fails with the output's last lines unless the exit code is 0. */
export async function runCommand(processes: Processes, spec: ProcessSpec): Promise<void> {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  appendFileSync(spec.logFile, `\n$ ${[spec.command, ...spec.args].join(' ')}\n`);
  const child = await processes.start(spec);
  const { code, signal } = await child.exited;
  await child.stop(); // whatever it left in its group, and its record
  if (code === 0) return;
  throw new Error(
    `${spec.name} failed (${signal ?? `exit code ${code}`}). Its log (${spec.logFile}) ends with:\n${lastLines(spec.logFile)}`,
  );
}
