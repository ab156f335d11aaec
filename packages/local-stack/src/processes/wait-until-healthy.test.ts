import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { waitUntilHealthy } from './wait-until-healthy.ts';

const fail = () => Promise.reject(new Error('connection refused'));

describe('waiting for a part', () => {
  it('goes on as soon as the check passes', async () => {
    let attempts = 0;
    const check = async () => {
      attempts += 1;
      if (attempts < 3) await fail();
    };
    await waitUntilHealthy({ name: 'Kafka', check, deadlineMs: 5_000 });
    expect(attempts).toBe(3);
  });

  it("tells the reason and the log's end when the deadline has passed", async () => {
    const logFile = join(temporaryFolder(), 'kafka.log');
    writeFileSync(logFile, 'starting\naddress already in use\n');
    await expect(waitUntilHealthy({ name: 'Kafka', check: fail, deadlineMs: 0, logFile })).rejects.toThrow(
      /^Kafka does not answer after 0 s: connection refused\.\nIts log \(.*kafka\.log\) ends with:\nstarting\naddress already in use$/,
    );
  });

  it('does not wait for a process that has ended', async () => {
    const exited = Promise.resolve({ code: 1, signal: null });
    await expect(waitUntilHealthy({ name: 'Kafka', check: fail, deadlineMs: 60_000, exited })).rejects.toThrow(
      'Kafka ended at its start (exit code 1).',
    );
  });
});
