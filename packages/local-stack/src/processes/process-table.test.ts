import { listProcesses, parsePsLine, parseStatLine, startMarkOf } from './process-table.ts';

const statLine = (state: string, command = 'node') =>
  `4242 (${command}) ${state} 17 4242 4242 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 11 0 987654 1000000 250 18446744073709551615 1 1`;

describe('reading the process table', () => {
  it('takes the parent, the group, the start and the memory from /proc', () => {
    expect(parseStatLine(statLine('S'), 'boot', 4096)).toEqual({
      pid: 4242,
      parentPid: 17,
      groupId: 4242,
      startMark: 'boot:987654',
      residentBytes: 250 * 4096,
    });
  });

  it('is not misled by a command with spaces and brackets', () => {
    expect(parseStatLine(statLine('S', 'a) R 1 (b'), 'boot', 4096)).toEqual(parseStatLine(statLine('S'), 'boot', 4096));
  });

  it('leaves out what has ended but was not reaped', () => {
    expect(parseStatLine(statLine('Z'), 'boot', 4096)).toBeUndefined();
    expect(parsePsLine('  42     1    42   100 Z+   Fri Nov 20 16:41:00 2026')).toBeUndefined();
  });

  it('reads a line of ps where there is no /proc', () => {
    expect(parsePsLine('  42     1    40   100 Ss   Fri Nov 20 16:41:00 2026')).toEqual({
      pid: 42,
      parentPid: 1,
      groupId: 40,
      startMark: 'Fri Nov 20 16:41:00 2026',
      residentBytes: 102_400,
    });
  });

  it('finds this very process with a start mark that stays the same', () => {
    const own = listProcesses().find((entry) => entry.pid === process.pid);
    expect(own?.parentPid).toBe(process.ppid);
    expect(own?.residentBytes).toBeGreaterThan(1_000_000);
    expect(startMarkOf(process.pid)).toBe(own?.startMark);
  });

  it('knows no start mark of a pid that nobody has', () => {
    expect(startMarkOf(2 ** 31 - 1)).toBeUndefined();
  });
});
