import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** One running process as the machine's own table shows it. Zombies are left out: they hold nothing any more. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parentPid: number;
  readonly groupId: number;
  /** When it started, in the table's own words. Only equality means something: together with the pid it names one process for good. */
  readonly startMark: string;
  readonly residentBytes: number;
}

let knownPageBytes: number | undefined;

/** Reads one line of `/proc/<pid>/stat` (proc_pid_stat(5)). The command in brackets may itself hold spaces and brackets. */
export function parseStatLine(line: string, bootId: string, pageBytes: number): ProcessEntry | undefined {
  const pid = Number.parseInt(line, 10);
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [state, parentPid, groupId] = fields;
  const startTicks = fields[19];
  const residentPages = fields[21];
  if (!Number.isInteger(pid) || startTicks === undefined || residentPages === undefined) return undefined;
  if (state === 'Z' || state === 'X') return undefined;
  return {
    pid,
    parentPid: Number(parentPid),
    groupId: Number(groupId),
    startMark: `${bootId}:${startTicks}`,
    residentBytes: Number(residentPages) * pageBytes,
  };
}

/** Reads one line of `ps -axo pid=,ppid=,pgid=,rss=,stat=,lstart=` (systems without /proc). */
export function parsePsLine(line: string): ProcessEntry | undefined {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
  if (match === null || match[5]?.startsWith('Z')) return undefined;
  const [pid, parentPid, groupId, residentKib] = match.slice(1, 5).map(Number) as [number, number, number, number];
  return { pid, parentPid, groupId, startMark: match[6] ?? '', residentBytes: residentKib * 1024 };
}

/** Every process that can be seen. */
export function listProcesses(): ProcessEntry[] {
  return process.platform === 'linux' ? readProc() : readPs();
}

/**
 * Memory of one process, a page that it shares counted by its share (PSS): twenty processes of one program hold its code
 * once. Where the system does not tell, its resident memory.
 */
export function memoryBytes({ pid, residentBytes }: ProcessEntry): number {
  if (process.platform !== 'linux') return residentBytes;
  try {
    const kib = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return kib === undefined ? residentBytes : Number(kib) * 1024;
  } catch {
    return residentBytes;
  }
}

/** The start mark of one process, or undefined when there is none with that pid. */
export function startMarkOf(pid: number): string | undefined {
  if (process.platform === 'linux') return readStat(pid, readBootId())?.startMark;
  return readPs().find((entry) => entry.pid === pid)?.startMark;
}

function readBootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** 4 KiB nearly everywhere, but 16 or 64 KiB on some ARM kernels. */
function pageBytes(): number {
  knownPageBytes ??= Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }));
  return knownPageBytes;
}

function readProc(): ProcessEntry[] {
  const bootId = readBootId();
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name), bootId) ?? []);
}

function readStat(pid: number, bootId: string): ProcessEntry | undefined {
  try {
    return parseStatLine(readFileSync(`/proc/${pid}/stat`, 'utf8'), bootId, pageBytes());
  } catch {
    return undefined; // it ended between the listing and the reading
  }
}

function readPs(): ProcessEntry[] {
  const text = execFileSync('ps', ['-axo', 'pid=,ppid=,pgid=,rss=,stat=,lstart='], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return text.split('\n').flatMap((line) => parsePsLine(line) ?? []);
}
