import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { createProcesses, type Processes } from './create-processes.ts';
import { createProcessRecords } from './process-records.ts';
import { listProcesses, startMarkOf } from './process-table.ts';
import { RUN_MARK, sweepAbandoned } from './sweep-leftovers.ts';
import { waitUntilHealthy } from './wait-until-healthy.ts';

const environment = { PATH: process.env.PATH ?? '' };
const strays: ChildProcess[] = [];
afterAll(() => {
  for (const stray of strays) stray.kill('SIGKILL');
});

const open = async (dataFolder: string, lines: string[] = []): Promise<Processes> =>
  createProcesses(dataFolder, { ownerName: 'test', log: (line) => lines.push(line) });
const runs = (pid: number) => listProcesses().some((entry) => entry.pid === pid);
const membersOf = (groupId: number) => listProcesses().filter((entry) => entry.groupId === groupId);
const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));
const until = (what: string, isTrue: () => boolean) =>
  waitUntilHealthy({
    name: what,
    deadlineMs: 5_000,
    check: async () => isTrue() || Promise.reject(new Error('not yet')),
  });

/** What a run that was killed with -9 leaves: a detached process that carries the run's mark. */
const leaveBehind = (runId: string, script = 'exec sleep 300') => {
  const stray = spawn('sh', ['-c', script], {
    detached: true,
    stdio: 'ignore',
    env: { ...environment, [RUN_MARK]: runId },
  });
  strays.push(stray);
  return { stray, pid: stray.pid as number };
};

describe('the processes of a run', () => {
  it('writes what a child says to its log file and tells how it ended', async () => {
    const folder = temporaryFolder();
    const processes = await open(folder);
    const logFile = join(folder, 'logs/echo.log');
    const child = await processes.start({
      name: 'echo',
      command: 'sh',
      args: ['-c', 'echo out; echo err >&2; exit 3'],
      environment,
      logFile,
    });
    expect(await child.exited).toEqual({ code: 3, signal: null });
    expect(readFileSync(logFile, 'utf8')).toBe('out\nerr\n');
    await processes.stopAll();
  });

  it('gives a child no variable but those named and the mark of the run', async () => {
    const folder = temporaryFolder();
    const processes = await open(folder);
    const logFile = join(folder, 'env.log');
    const child = await processes.start({
      name: 'env',
      command: '/usr/bin/env',
      args: [],
      environment: { ONLY: 'this' },
      logFile,
    });
    await child.exited;
    expect(readFileSync(logFile, 'utf8')).toMatch(new RegExp(`^ONLY=this\n${RUN_MARK}=[0-9a-f-]+\n$`));
    await processes.stopAll();
  });

  it('stops a child together with its own children and forgets it', async () => {
    const folder = temporaryFolder();
    const processes = await open(folder);
    const child = await processes.start({
      name: 'family',
      command: 'sh',
      args: ['-c', 'sleep 300 & sleep 300'],
      environment,
      logFile: join(folder, 'family.log'),
    });
    await until('the family', () => membersOf(child.pid).length === 3);
    expect(processes.memoryBytes().family).toBeGreaterThan(0);
    await processes.stopAll();
    expect(membersOf(child.pid)).toEqual([]);
    expect(createProcessRecords(join(folder, 'run')).list()).toEqual([]);
  });

  it('says which command cannot be started', async () => {
    const folder = temporaryFolder();
    const processes = await open(folder);
    const start = processes.start({
      name: 'part',
      command: '/does/not/exist',
      args: [],
      environment,
      logFile: join(folder, 'log'),
    });
    await expect(start).rejects.toThrow(/^part cannot be started: \/does\/not\/exist/);
    await processes.stopAll();
  });
});

describe('taking over a data folder', () => {
  it('ends what an earlier run left, by recorded pid and start', async () => {
    const folder = temporaryFolder();
    const { stray, pid } = leaveBehind('earlier');
    createProcessRecords(join(folder, 'run')).write({
      kind: 'group',
      name: 'kafka',
      pid,
      startMark: startMarkOf(pid) as string,
      runId: 'earlier',
    });
    const lines: string[] = [];
    const gone = ended(stray);
    const processes = await open(folder, lines);
    await gone;
    expect(lines).toEqual([`ending kafka, left by an earlier run (pid ${pid})`]);
    await processes.stopAll();
  });

  it('leaves a process alone that got the same pid later', async () => {
    const folder = temporaryFolder();
    const { pid } = leaveBehind('earlier');
    createProcessRecords(join(folder, 'run')).write({
      kind: 'group',
      name: 'kafka',
      pid,
      startMark: 'another start',
      runId: 'earlier',
    });
    const processes = await open(folder);
    expect(runs(pid)).toBe(true);
    expect(createProcessRecords(join(folder, 'run')).list()).toEqual([
      expect.objectContaining({ kind: 'owner', pid: process.pid }),
    ]);
    await processes.stopAll();
  });

  it('ends the workers of a leader that died itself', async () => {
    const folder = temporaryFolder();
    const { stray, pid } = leaveBehind('earlier', 'sleep 300 & exit 0');
    const startMark = startMarkOf(pid) ?? 'ended';
    await ended(stray);
    expect(membersOf(pid)).toHaveLength(1);
    createProcessRecords(join(folder, 'run')).write({
      kind: 'group',
      name: 'emulator',
      pid,
      startMark,
      runId: 'earlier',
    });
    const processes = await open(folder);
    expect(membersOf(pid)).toEqual([]);
    await processes.stopAll();
  });

  it('ends the earlier command itself when that still runs', async () => {
    const folder = temporaryFolder();
    const { stray, pid } = leaveBehind('earlier');
    createProcessRecords(join(folder, 'run')).write({
      kind: 'owner',
      name: 'npm run stack',
      pid,
      startMark: startMarkOf(pid) as string,
      runId: 'earlier',
    });
    const lines: string[] = [];
    const gone = ended(stray);
    const processes = await open(folder, lines);
    await gone;
    expect(lines).toEqual([`ending an earlier npm run stack in the same data folder (pid ${pid})`]);
    await processes.stopAll();
  });

  it('is not misled by a record of an earlier process that had our own pid', async () => {
    const folder = temporaryFolder();
    const stale = {
      kind: 'owner',
      name: 'npm run stack',
      pid: process.pid,
      startMark: 'another start',
      runId: 'earlier',
    } as const;
    createProcessRecords(join(folder, 'run')).write(stale);
    const processes = await open(folder);
    await processes.stopAll();
    expect(createProcessRecords(join(folder, 'run')).list()).toEqual([]);
  });

  it('refuses a second run in the same process', async () => {
    const folder = temporaryFolder();
    const processes = await open(folder);
    await expect(open(folder)).rejects.toThrow(/already runs in this process/);
    await processes.stopAll();
  });
});

describe('cleaning up in other data folders', () => {
  it('ends what belongs to nobody and leaves alone what still has its owner', async () => {
    const [abandoned, inUse] = [temporaryFolder(), temporaryFolder()];
    const left = leaveBehind('abandoned');
    const kept = leaveBehind('in use');
    for (const [folder, { pid }, runId] of [
      [abandoned, left, 'abandoned'],
      [inUse, kept, 'in use'],
    ] as const) {
      const startMark = startMarkOf(pid) as string;
      createProcessRecords(join(folder, 'run')).write({ kind: 'group', name: 'kafka', pid, startMark, runId });
    }
    const ownerStart = startMarkOf(process.ppid) as string;
    createProcessRecords(join(inUse, 'run')).write({
      kind: 'owner',
      name: 'npm run stack',
      pid: process.ppid,
      startMark: ownerStart,
      runId: 'in use',
    });
    const gone = ended(left.stray);
    await sweepAbandoned([abandoned, inUse, '/does/not/exist'], () => undefined);
    await gone;
    expect(runs(kept.pid)).toBe(true);
    expect(createProcessRecords(join(abandoned, 'run')).list()).toEqual([]);
  });
});
