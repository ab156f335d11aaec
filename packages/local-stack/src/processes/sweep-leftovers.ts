import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endGroup, endSingle } from './end-process.ts';
import {
  createProcessRecords,
  isGroupStillOurs,
  isStillRunning,
  type ProcessRecord,
  type ProcessRecords,
} from './process-records.ts';
import { listProcesses } from './process-table.ts';

/** The variable that marks every process of a run. */
export const RUN_MARK = 'QUAKEWIRE_STACK_RUN';

/**
 * Ends whatever an earlier run in the same data folder left behind (after a `kill -9` nobody else does), by recorded pid
 * and start. An owner that still runs goes first and may stop its own children.
 */
export async function sweepLeftovers(records: ProcessRecords, log: (line: string) => void): Promise<void> {
  const found = records.list();
  for (const record of found.filter((one) => one.kind === 'owner')) await sweepOwner(record, records, log);
  await Promise.all(found.filter((one) => one.kind === 'group').map((record) => sweepGroup(record, records, log)));
}

/**
 * The same for the other data folders beside this one, but only where no owner runs any more: a demo cleans up after a
 * killed test, and never touches a stack that somebody keeps up.
 */
export async function sweepAbandoned(folders: readonly string[], log: (line: string) => void): Promise<void> {
  for (const folder of folders) {
    const records = createProcessRecords(join(folder, 'run'));
    const table = listProcesses();
    const found = records.list();
    if (found.some((record) => record.kind === 'owner' && isStillRunning(record, table))) continue;
    await sweepLeftovers(records, log);
  }
}

async function sweepOwner(record: ProcessRecord, records: ProcessRecords, log: (line: string) => void): Promise<void> {
  if (isStillRunning(record, listProcesses())) {
    if (record.pid === process.pid) {
      throw new Error('A stack already runs in this process with the same data folder: stop it first.');
    }
    log(`ending an earlier ${record.name} in the same data folder (pid ${record.pid})`);
    if (!(await endSingle(record.pid, record.startMark, 20_000))) throw new Error(cannotEnd(record));
  }
  records.remove(record);
}

async function sweepGroup(record: ProcessRecord, records: ProcessRecords, log: (line: string) => void): Promise<void> {
  if (isGroupStillOurs(record, listProcesses(), carriesMark)) {
    log(`ending ${record.name}, left by an earlier run (pid ${record.pid})`);
    if (!(await endGroup(record.pid))) throw new Error(cannotEnd(record));
  }
  records.remove(record);
}

function cannotEnd(record: ProcessRecord): string {
  return `${record.name} (pid ${record.pid}), left by an earlier run, does not end: end it by hand, then start again.`;
}

function carriesMark(pid: number, runId: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${RUN_MARK}=${runId}`);
  } catch {
    return false; // another user's process, or a system without /proc: never ours on a guess
  }
}
