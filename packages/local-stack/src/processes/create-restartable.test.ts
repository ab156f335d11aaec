import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcesses, type Processes, type RunningProcess } from './create-processes.ts';
import { createRestartable } from './create-restartable.ts';
import { sendSignal } from './end-process.ts';

let folder: string;
let processes: Processes;
const lives: RunningProcess[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'restartable-'));
  processes = await createProcesses(folder, { ownerName: 'test', log: () => undefined });
  lives.length = 0;
});
afterEach(async () => {
  await processes.stopAll();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (): Promise<RunningProcess> => {
  const spec = { name: 'sleeper', command: 'sleep', args: ['60'], environment: { PATH: '/usr/bin:/bin' } };
  const life = await processes.start({ ...spec, logFile: join(folder, 'sleeper.log') });
  lives.push(life);
  return life;
};

test('a restart kills the process and starts another, and does not count as an end', async () => {
  const { process, restart } = createRestartable(await start(), start);
  await restart();
  expect(lives).toHaveLength(2);
  await expect(lives[0]?.exited).resolves.toMatchObject({ signal: 'SIGKILL' });
  await expect(Promise.race([process.exited, 'still running'])).resolves.toBe('still running');
});

test('an end that nobody asked for is told, also after a restart', async () => {
  const { process, restart } = createRestartable(await start(), start);
  await restart();
  sendSignal(lives[1]?.pid ?? 0, 'SIGKILL');
  await expect(process.exited).resolves.toMatchObject({ signal: 'SIGKILL' });
});
