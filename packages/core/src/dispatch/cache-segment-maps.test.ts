import { aSegmentMap, createInMemorySegmentMapStore, withInterruptions } from '@quakewire/testing';
import { cacheSegmentMaps } from '../index.ts';

test('each version is read once, the oldest is dropped, and a failed read is tried again', async () => {
  const store = createInMemorySegmentMapStore();
  for (const version of [1, 2, 3]) await store.publish(aSegmentMap({ version }));
  const read: unknown[] = [];
  let isDown = true;
  const maps = cacheSegmentMaps(
    withInterruptions(store, {
      before: (_method, [, version]) => {
        read.push(version);
        if (isDown) throw new Error('down');
      },
    }),
  );
  await expect(maps.read('sms', 1)).rejects.toThrow('down');
  isDown = false;
  expect((await maps.read('sms', 1)).version).toBe(1);
  await Promise.all([maps.read('sms', 1), maps.read('sms', 2), maps.read('sms', 2)]);
  expect(read).toEqual([1, 1, 2]);
  await maps.read('sms', 3);
  await maps.read('sms', 1);
  expect(read).toEqual([1, 1, 2, 3, 1]);
});
