import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { dataFolderOfCheckout } from '../folders.ts';
import { endGroup, sendSignal } from './end-process.ts';
import { createProcessRecords, type ProcessRecord } from './process-records.ts';
import { listProcesses, memoryBytes, startMarkOf } from './process-table.ts';
import { RUN_MARK, sweepAbandoned, sweepLeftovers } from './sweep-leftovers.ts';
import { withFileLock } from './with-file-lock.ts';

export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited but what stands here. */
  readonly environment: Readonly<Record<string, string>>;
  /** Gets standard output and error. */
  readonly logFile: string;
  /** Gets standard output instead, where that is an answer to be read. */
  readonly outputFile?: string;
  readonly workingFolder?: string;
}

export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  readonly exited: Promise<ProcessExit>;
  /** Ends it and all its children (TERM, then KILL), bounded to about 12 s. */
  readonly stop: () => Promise<void>;
}

/** The children of one run: each in its own process group, recorded on disk, and ended whatever happens to us. */
export interface Processes {
  readonly start: (spec: ProcessSpec) => Promise<RunningProcess>;
  readonly stopAll: () => Promise<void>;
  /** Memory of every process group and of this process, by name, in bytes. */
  readonly memoryBytes: () => Record<string, number>;
}

/** Takes the data folder over (ending what an earlier run left there) and starts recording. */
export async function createProcesses(
  dataFolder: string,
  options: { readonly ownerName: string; readonly log: (line: string) => void },
): Promise<Processes> {
  const runFolder = join(dataFolder, 'run');
  const records = createProcessRecords(runFolder);
  const runId = randomUUID();
  const owner = recordOf('owner', options.ownerName, process.pid, runId);
  await withFileLock(join(runFolder, 'takeover.lock'), async () => {
    await sweepLeftovers(records, options.log);
    records.write(owner);
    await sweepAbandoned(dataFoldersBeside(dataFolder), options.log);
  });
  const running = new Map<number, { process: RunningProcess; record: ProcessRecord }>();
  const forget = (record: ProcessRecord) => {
    running.delete(record.pid);
    records.remove(record);
  };
  // The last line of defence: also after an uncaught error or process.exit() nothing stays.
  const killAllAtOnce = () => {
    for (const { record } of running.values()) {
      sendSignal(-record.pid, 'SIGKILL');
      records.remove(record);
    }
    records.remove(owner);
  };
  process.once('exit', killAllAtOnce);

  return {
    async start(spec) {
      const child = await spawnDetached(spec, runId);
      const record = recordOf('group', spec.name, child.pid, runId);
      records.write(record);
      const stop = async () => {
        if (!(await endGroup(child.pid)))
          options.log(`${spec.name} (pid ${child.pid}) did not end; its record stays for the next run`);
        else forget(record);
      };
      const started = { name: spec.name, pid: child.pid, logFile: spec.logFile, exited: child.exited, stop };
      running.set(child.pid, { process: started, record });
      return started;
    },
    async stopAll() {
      await Promise.all([...running.values()].map((one) => one.process.stop()));
      process.off('exit', killAllAtOnce);
      records.remove(owner);
    },
    memoryBytes() {
      const table = listProcesses();
      const sumOf = (pid: number, isGroup: boolean) =>
        table
          .filter((one) => (isGroup ? one.groupId : one.pid) === pid)
          .reduce((sum, one) => sum + memoryBytes(one), 0);
      const groups = [...running.values()].map(({ record }) => [record.name, sumOf(record.pid, true)] as const);
      return Object.fromEntries([...groups, [options.ownerName, sumOf(process.pid, false)]]);
    },
  };
}

/** The other data folders of this checkout; a data folder elsewhere has no known neighbours. */
function dataFoldersBeside(dataFolder: string): string[] {
  const parent = dirname(dataFolder);
  if (parent !== dataFolderOfCheckout) return [];
  const names = readdirSync(parent).filter((name) => name !== basename(dataFolder));
  return names.map((name) => join(parent, name));
}

function recordOf(kind: ProcessRecord['kind'], name: string, pid: number, runId: string): ProcessRecord {
  // A process that ended at once has no mark any more; then its group can be found by the run's mark alone.
  return { kind, name, pid, startMark: startMarkOf(pid) ?? 'ended', runId };
}

/** `detached` gives the child its own session and group: Ctrl-C in the terminal reaches only us, and we stop it in order. */
async function spawnDetached(spec: ProcessSpec, runId: string): Promise<{ pid: number; exited: Promise<ProcessExit> }> {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, 'a');
  const output = spec.outputFile === undefined ? log : openSync(spec.outputFile, 'w');
  try {
    const child = spawn(spec.command, spec.args, {
      detached: true,
      stdio: ['ignore', output, log],
      env: { ...spec.environment, [RUN_MARK]: runId },
      ...(spec.workingFolder === undefined ? {} : { cwd: spec.workingFolder }),
    });
    return { pid: await pidOf(child, spec), exited: exitOf(child) };
  } finally {
    closeSync(log);
    if (output !== log) closeSync(output);
  }
}

function pidOf(child: ChildProcess, spec: ProcessSpec): Promise<number> {
  if (child.pid !== undefined) return Promise.resolve(child.pid);
  return new Promise((_, reject) => {
    child.once('error', (cause) =>
      reject(new Error(`${spec.name} cannot be started: ${spec.command} (${cause.message})`, { cause })),
    );
  });
}

function exitOf(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}
