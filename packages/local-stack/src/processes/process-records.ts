import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { ProcessEntry } from './process-table.ts';

const processRecord = z.strictObject({
  /** What it is, for the reader. */
  name: z.string(),
  pid: z.int().positive(),
  startMark: z.string().min(1),
  /** `owner`: the command that a person started. `group`: leader of a process group that belongs to an owner. */
  kind: z.enum(['owner', 'group']),
  /** Stands in the environment of the group's processes, so that members are known after their leader is gone. */
  runId: z.string().min(1),
});

export type ProcessRecord = z.infer<typeof processRecord>;

/** The records of one data folder: one small file a process, so that a `kill -9` at any moment leaves whole files only. */
export interface ProcessRecords {
  readonly write: (record: ProcessRecord) => void;
  readonly remove: (record: ProcessRecord) => void;
  readonly list: () => ProcessRecord[];
}

export function createProcessRecords(folder: string): ProcessRecords {
  const fileOf = (record: ProcessRecord) => join(folder, `${record.kind}-${record.pid}.json`);
  return {
    write(record) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(fileOf(record), `${JSON.stringify(record)}\n`);
    },
    remove(record) {
      rmSync(fileOf(record), { force: true });
    },
    list() {
      if (!existsSync(folder)) return [];
      return readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .flatMap((name) => readRecord(join(folder, name)) ?? []);
    },
  };
}

function readRecord(file: string): ProcessRecord | undefined {
  try {
    return processRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    rmSync(file, { force: true }); // half-written at the moment of a kill: it names nobody for certain
    return undefined;
  }
}

/** Whether the recorded process itself still runs: same pid and same start, so a reused pid never matches. */
export function isStillRunning(record: ProcessRecord, table: readonly ProcessEntry[]): boolean {
  return table.some((entry) => entry.pid === record.pid && entry.startMark === record.startMark);
}

/**
 * Whether the recorded process group has living members that are ours. With the leader alive its start mark decides;
 * with the leader gone the number may have been given anew, so a member must carry the run's mark in its environment.
 */
export function isGroupStillOurs(
  record: ProcessRecord,
  table: readonly ProcessEntry[],
  carriesMark: (pid: number, runId: string) => boolean,
): boolean {
  const members = table.filter((entry) => entry.groupId === record.pid);
  const leader = members.find((entry) => entry.pid === record.pid);
  if (leader !== undefined) return leader.startMark === record.startMark;
  return members.some((entry) => carriesMark(entry.pid, record.runId));
}
