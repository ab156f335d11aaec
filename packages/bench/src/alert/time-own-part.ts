import { channelNames, createReceiver, readAhead, startingPolicy, wholeEarth } from '@quakewire/core';
import { systemClock as clock } from '@quakewire/lambda-runtime';
import {
  aSegment,
  aSegmentMap,
  aSizing,
  createInMemoryBudgetStore,
  createInMemoryEarthquakeStore,
  createInMemoryPolicyStore,
  createInMemoryRunStore,
  createInMemorySegmentMapStore,
  createInMemorySizingStore,
  createInMemoryWakeUpLog,
} from '@quakewire/testing';
import { parseEmscFrame } from '../../../producer/src/sources/emsc-frame.ts';

const silent = (): void => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };

/**
 * The product's own part of an alert: parse, associate, decide, open the runs and plan the wake-ups, on stores and a topic
 * that answer at once.
 * @param frames one report each, of earthquakes of their own.
 * @returns milliseconds of each.
 */
export async function timeOwnPart(frames: readonly string[], partitions: number, segments: number): Promise<number[]> {
  const maps = createInMemorySegmentMapStore();
  const all = Array.from({ length: segments }, (_, id) => aSegment({ id }));
  for (const channel of channelNames) await maps.publish(aSegmentMap({ channel, segments: all }));
  const policies = createInMemoryPolicyStore();
  await policies.put(startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } }));
  const runs = createInMemoryRunStore();
  const sizing = createInMemorySizingStore(aSizing({ activePartitions: partitions }));
  const wakeUps = { ...createInMemoryWakeUpLog(partitions), resize: async () => undefined };
  const ahead = readAhead(channelNames, { maps, policies, sizing, wakeUps });
  const receive = createReceiver(
    {
      ...{ channels: channelNames, runs, budgets: createInMemoryBudgetStore(runs) },
      ...{ earthquakes: createInMemoryEarthquakeStore(), clock, storeTime: clock.wallMs },
    },
    ahead,
    logger,
  );
  const times: number[] = [];
  for (const frame of frames) {
    const beganMs = performance.now();
    const parsed = parseEmscFrame(frame);
    if (!('bulletin' in parsed)) throw new Error('a frame of the bench is not read');
    const received = await receive({ ...parsed.bulletin, receivedAtMs: clock.wallMs() });
    if (!('alert' in received)) throw new Error('a report of the bench tells nobody');
    times.push(performance.now() - beganMs);
  }
  return times;
}
