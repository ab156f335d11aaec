import { readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second. */
const msPerTick = 10;
const [userField, systemField] = [14, 15];

/** Processor time that a process of this machine has used so far, in milliseconds (`/proc/<pid>/stat`, Linux). */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field, the name in parentheses, may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const at = (field: number): number => Number(fields[field - 3]);
  return (at(userField) + at(systemField)) * msPerTick;
}
