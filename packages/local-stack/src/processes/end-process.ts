import { setTimeout as pause } from 'node:timers/promises';
import { listProcesses } from './process-table.ts';

const TERM_WAIT_MS = 8_000;
const KILL_WAIT_MS = 4_000;
const POLL_MS = 25;

/** Ends a whole process group, first politely, then by force, and answers whether nothing of it is left. Bounded: about 12 s. */
export async function endGroup(groupId: number, termWaitMs = TERM_WAIT_MS): Promise<boolean> {
  return end(-groupId, () => isGroupGone(groupId), termWaitMs);
}

/** Ends one process (not its group, which may belong to somebody's shell). */
export async function endSingle(pid: number, startMark: string, termWaitMs = TERM_WAIT_MS): Promise<boolean> {
  const isGone = () => !listProcesses().some((entry) => entry.pid === pid && entry.startMark === startMark);
  return end(pid, isGone, termWaitMs);
}

/** Sends a signal and never throws: what is already gone needs none. */
export function sendSignal(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // gone already, or never ours
  }
}

async function end(target: number, isGone: () => boolean, termWaitMs: number): Promise<boolean> {
  if (isGone()) return true;
  sendSignal(target, 'SIGTERM');
  sendSignal(target, 'SIGCONT'); // a frozen process does not even see the first
  if (await becomesTrue(isGone, termWaitMs)) return true;
  sendSignal(target, 'SIGKILL');
  return becomesTrue(isGone, KILL_WAIT_MS);
}

function isGroupGone(groupId: number): boolean {
  try {
    process.kill(-groupId, 0);
  } catch {
    return true;
  }
  // Signal 0 also reaches zombies that nobody has reaped yet (a container without an init); the table leaves those out.
  return !listProcesses().some((entry) => entry.groupId === groupId);
}

async function becomesTrue(condition: () => boolean, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > deadline) return false;
    await pause(POLL_MS);
  }
  return true;
}
