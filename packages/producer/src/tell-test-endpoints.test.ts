import type { Alert } from '@quakewire/core';
import {
  aSegment,
  aSegmentMap,
  aSizing,
  createInMemoryBudgetStore,
  createInMemoryRunStore,
  createInMemorySegmentMapStore,
  createInMemorySizingStore,
  createInMemoryWakeUpLog,
  createStepClock,
  someCounts,
} from '@quakewire/testing';
import { tellTestEndpoints } from './tell-test-endpoints.ts';

async function createWorld() {
  const clock = createStepClock();
  const runs = createInMemoryRunStore();
  const maps = createInMemorySegmentMapStore();
  await maps.publish(aSegmentMap({ channel: 'sms', segments: [aSegment({ id: 0 })] }));
  const wakeUps = createInMemoryWakeUpLog(4);
  const broadcast: string[] = [];
  const ports = {
    ...{ clock, runs, maps, wakeUps },
    budgets: createInMemoryBudgetStore(runs),
    sizing: createInMemorySizingStore(aSizing()),
    broadcast: { start: ({ earthquakeId }: Alert) => void broadcast.push(earthquakeId) },
  };
  const told = tellTestEndpoints('one', ['sms', 'email'], ports);
  const key = { earthquakeId: 'test-one', seq: 1, channel: 'sms' } as const;
  return { clock, runs, wakeUps, broadcast, told, key };
}

/** A channel without a map has no endpoint at all. */
const nobody = { channel: 'email', isComplete: true, eligible: 0, accepted: 0 };

test('it goes the way of every alert but to the public, and is answered when its run is closed', async () => {
  const { clock, runs, wakeUps, broadcast, told, key } = await createWorld();
  await clock.advance(20_000);
  expect(wakeUps.drain('sms').map(({ message }) => message)).toMatchObject([{ earthquakeId: 'test-one', segment: 0 }]);
  expect((await runs.readAlert('test-one', 1))?.exercise).toBe(true);
  expect(broadcast).toEqual([]);
  const counts = { ...someCounts(0), eligible: 2, accepted: 2 };
  await runs.close({ ...key, generation: 0 }, counts);
  expect(await clock.until(told)).toEqual([{ channel: 'sms', isComplete: true, eligible: 2, accepted: 2 }, nobody]);
});

test('a run that never closes is given up before the alert expires', async () => {
  const { clock, runs, told } = await createWorld();
  const before = clock.wallMs();
  expect(await clock.until(told)).toEqual([{ channel: 'sms', isComplete: false, eligible: 0, accepted: 0 }, nobody]);
  expect((await runs.readAlert('test-one', 1))?.expiresAtMs).toBeGreaterThan(clock.wallMs());
  expect(clock.wallMs() - before).toBeLessThan(300_000);
});
