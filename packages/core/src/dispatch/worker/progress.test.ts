import type { RunCounts, RunKey } from '../run.ts';
import { noCounts } from '../run-counts.ts';
import { createProgress } from './progress.ts';

const accepted = (count: number): RunCounts => ({ ...noCounts, considered: count, eligible: count, accepted: count });
const run = (channel: RunKey['channel']): RunKey => ({ earthquakeId: 'eq1', seq: 1, channel });

test('each run is told the sum of its own, also where a worker ends what was handed to another channel', async () => {
  const told: [string, number][] = [];
  const putProgress = async ({ channel }: RunKey, _worker: string, counts: RunCounts): Promise<void> => {
    told.push([channel, counts.accepted]);
  };
  const progress = createProgress({ putProgress }, 'worker');
  progress.add(run('sms'), accepted(3));
  progress.add(run('telegram'), accepted(1));
  progress.add(run('sms'), accepted(2));
  await progress.flush();
  expect(told).toEqual([
    ['sms', 5],
    ['telegram', 1],
  ]);
  expect(progress.total().accepted).toBe(6);
  await progress.flush();
  expect(told).toHaveLength(2);
});
