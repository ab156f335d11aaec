import fc from 'fast-check';
import { aScaling } from '../../test/snapshot-world.ts';
import { liftRatchets } from './lift-ratchets.ts';

const channels = fc.dictionary(
  fc.constantFrom('sms', 'email', 'telegram', 'webhook'),
  fc
    .record({ partitions: fc.integer({ min: 1, max: 300 }), warm_workers: fc.integer({ min: 0, max: 9 }) })
    .map((sized) => ({ ...sized, active_partitions: sized.partitions })),
  { minKeys: 1 },
);
const livePartitions = fc.dictionary(fc.constantFrom('sms', 'email', 'webhook'), fc.integer({ min: 0, max: 300 }));

test('nothing that only grows falls, nothing else differs from the snapshot, and every difference is said', () => {
  fc.assert(
    fc.property(channels, channels, livePartitions, (then, now, partitions) => {
      const [snapshot, inForce] = [aScaling(then), aScaling(now)];
      const { scaling, lifted } = liftRatchets(snapshot, inForce, { partitions });
      for (const [name, channel] of Object.entries(scaling.scaling.channels)) {
        expect(channel.partitions).toBeGreaterThanOrEqual(Math.max(partitions[name] ?? 0, now[name]?.partitions ?? 0));
        expect(channel.active_partitions).toBeLessThanOrEqual(channel.partitions);
        if ((now[name]?.warm_workers ?? 0) > 0) expect(channel.warm_workers).toBeGreaterThan(0);
        const { channel: kept, ...said } = Object.fromEntries(
          lifted.filter((one) => one.channel === name).map((one) => [one.field, one.stays]),
        );
        expect(kept === undefined).toBe(name in then);
        expect({ ...(snapshot.scaling.channels[name] ?? inForce.scaling.channels[name]), ...said }).toEqual(channel);
      }
      expect(Object.keys(scaling.scaling.channels).sort()).toEqual(
        [...new Set([...Object.keys(then), ...Object.keys(now)])].sort(),
      );
    }),
  );
});

test('a snapshot of what is in force lifts nothing', () => {
  fc.assert(
    fc.property(channels, (same) => {
      const { scaling, lifted } = liftRatchets(aScaling(same), aScaling(same), { partitions: {} });
      expect(scaling).toEqual(aScaling(same));
      expect(lifted).toEqual([]);
    }),
  );
});
