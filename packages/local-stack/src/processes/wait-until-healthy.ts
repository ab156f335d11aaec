import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessExit } from './create-processes.ts';

export interface HealthCheck {
  readonly name: string;
  /** Resolves when the part answers as it should, rejects otherwise. */
  readonly check: () => Promise<unknown>;
  readonly deadlineMs: number;
  /** With a process of its own: a check is in vain once that has ended. */
  readonly exited?: Promise<ProcessExit>;
  readonly logFile?: string;
}

const POLL_MS = 50;

/** Polls until the check passes; fails with the reason and the log's last lines at the deadline or when the process ends. */
export async function waitUntilHealthy(health: HealthCheck): Promise<void> {
  const deadline = performance.now() + health.deadlineMs;
  let exit: ProcessExit | undefined;
  void health.exited?.then((value) => {
    exit = value;
  });
  for (;;) {
    const problem = await health.check().then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (problem === undefined) return;
    if (exit !== undefined)
      throw new Error(
        `${health.name} ended at its start (${exit.signal ?? `exit code ${exit.code}`}).${tailOf(health)}`,
      );
    if (performance.now() > deadline) {
      throw new Error(
        `${health.name} does not answer after ${health.deadlineMs / 1000} s: ${problem}.${tailOf(health)}`,
      );
    }
    await pause(POLL_MS);
  }
}

/** The last lines of a log file, for an error message; empty when there is none. */
export function lastLines(file: string, count = 12): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

function tailOf(health: HealthCheck): string {
  return health.logFile === undefined ? '' : `\nIts log (${health.logFile}) ends with:\n${lastLines(health.logFile)}`;
}
