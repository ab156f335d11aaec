import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endGroup } from './end-process.ts';
import { listProcesses } from './process-table.ts';

describe('ending a process group', () => {
  it('takes force where asking politely does not help', async () => {
    const script = 'trap "" TERM; echo ready; while :; do sleep 300; done';
    const stubborn = spawn('sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    await once(stubborn.stdout, 'data');
    const pid = stubborn.pid as number;
    expect(await endGroup(pid, 100)).toBe(true);
    expect(listProcesses().filter((entry) => entry.groupId === pid)).toEqual([]);
  });

  it('does not need force for one that was frozen', async () => {
    const frozen = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
    const pid = frozen.pid as number;
    process.kill(pid, 'SIGSTOP');
    const exit = once(frozen, 'exit');
    expect(await endGroup(pid)).toBe(true);
    expect(await exit).toEqual([null, 'SIGTERM']);
  });

  it('is content when nothing is there', async () => {
    const short = spawn('true', { detached: true, stdio: 'ignore' });
    await once(short, 'exit');
    expect(await endGroup(short.pid as number)).toBe(true);
  });
});
