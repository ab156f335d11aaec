import { activePartitionsOf } from '@quakewire/core';
import { createStepClock } from '@quakewire/testing';
import fc from 'fast-check';
import { owningLane } from './owning-lane.ts';
import { createPublishingLanes } from './publishing-lanes.ts';

/** Every send takes a while; remembers who is sending to what, and whether two lanes ever were at one partition. */
function createWatchedLanes(clock: ReturnType<typeof createStepClock>, count: number) {
  const busy = new Map<number, Map<number, number>>();
  const closed = new Set<number>();
  const written: number[] = [];
  const faults: string[] = [];
  let made = 0;
  const lanes = createPublishingLanes(count, () => {
    const lane = made++;
    return {
      async send(_topic, records) {
        if (closed.has(lane)) faults.push(`lane ${lane} sends after it was closed`);
        for (const { partition } of records) {
          const senders = busy.get(partition) ?? new Map<number, number>();
          busy.set(partition, senders.set(lane, (senders.get(lane) ?? 0) + 1));
          if (senders.size > 1) faults.push(`lanes ${[...senders.keys()].join(' and ')} at partition ${partition}`);
        }
        await clock.sleep(10 + lane);
        for (const { partition } of records) {
          const senders = busy.get(partition);
          const left = (senders?.get(lane) ?? 1) - 1;
          if (left === 0) senders?.delete(lane);
          else senders?.set(lane, left);
          written.push(partition);
        }
        return records.map(({ partition }) => partition);
      },
      async close() {
        closed.add(lane);
      },
    };
  });
  return { lanes, written, faults };
}

type Step = { send: number[] } | { resize: number } | { share: number } | { wait: number };
const steps = fc.array(
  fc.oneof(
    fc.record({ send: fc.array(fc.nat(40), { minLength: 1, maxLength: 12 }) }),
    fc.record({ resize: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ share: fc.integer({ min: 1, max: 41 }) }),
    fc.record({ wait: fc.nat(15) }),
  ),
  { maxLength: 25 },
);

describe('publishing lanes', () => {
  it('never let two lanes send to one partition, also while their number changes, and lose nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), steps, async (count, script: Step[]) => {
        const clock = createStepClock();
        const { lanes, written, faults } = createWatchedLanes(clock, count);
        const sent: number[] = [];
        const ended: Promise<unknown>[] = [];
        for (const step of script) {
          if ('wait' in step) await clock.advance(step.wait);
          else if ('resize' in step) ended.push(lanes.resize(step.resize));
          else if ('share' in step) ended.push(lanes.share('topic', step.share));
          else {
            sent.push(...step.send);
            ended.push(
              lanes.send(
                'topic',
                step.send.map((partition) => ({ partition, value: '' })),
              ),
            );
          }
        }
        await clock.until(Promise.all([...ended, lanes.close()]));
        expect(faults).toEqual([]);
        expect(written.toSorted()).toEqual(sent.toSorted());
      }),
      { numRuns: 60 },
    );
  });

  it('goes on after a lane that failed', async () => {
    const lanes = createPublishingLanes(1, () => ({
      send: async () => Promise.reject(new Error('no broker')),
      close: async () => undefined,
    }));
    await expect(lanes.send('topic', [{ partition: 0, value: '' }])).rejects.toThrow('no broker');
    await lanes.resize(2);
    await lanes.close();
  });
});

describe('owning lane', () => {
  const counts = fc.record({
    active: fc.integer({ min: 1, max: 100 }),
    live: fc.integer({ min: 1, max: 200 }),
    lanes: fc.integer({ min: 1, max: 8 }),
  });

  it('gives every partition exactly one lane, also one that is newer than the count', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(200), fc.integer({ min: 1, max: 64 }), (partition, live, lanes) => {
        const owner = owningLane(partition, live, lanes);
        expect(Number.isInteger(owner) && owner >= 0 && owner < lanes).toBe(true);
      }),
    );
  });

  it('shares the active partitions evenly, however they are spaced', () => {
    fc.assert(
      fc.property(counts, ({ active, live, lanes }) => {
        const share = new Array<number>(lanes).fill(0);
        for (const partition of activePartitionsOf(active, live)) {
          const owner = owningLane(partition, live, lanes);
          share[owner] = (share[owner] ?? 0) + 1;
        }
        expect(Math.max(...share) - Math.min(...share)).toBeLessThanOrEqual(2);
      }),
    );
  });
});
