import { execFileSync } from 'node:child_process';

/** One process in which the emulator runs a function; it serves one invocation at a time. */
export interface FunctionProcess {
  readonly functionName: string;
  readonly pid: number;
}

/** The emulator unpacks each into `<folder>/ministack-lambda-<function>-<8 random characters>/_worker.mjs`. */
const workerPath = /^\s*(\d+)\s+.*\/ministack-lambda-([\w-]+)-\w{8}\/_worker\.\w+$/;

/** Every function's processes, busy or kept warm, whose code lies unpacked in `unpackedFolder`. */
export function listFunctionProcesses(unpackedFolder: string): FunctionProcess[] {
  const table = execFileSync('ps', ['-axww', '-o', 'pid=,args='], { encoding: 'utf8' });
  return table
    .split('\n')
    .filter((line) => line.includes(unpackedFolder))
    .flatMap((line) => parseFunctionProcess(line) ?? []);
}

/** @param line of `ps -o pid=,args=` */
export function parseFunctionProcess(line: string): FunctionProcess | undefined {
  const [, pid, functionName] = workerPath.exec(line) ?? [];
  return pid && functionName ? { functionName, pid: Number(pid) } : undefined;
}
