import { type Clock, createReceiver, type Logger, readAhead, startingPolicy, wholeEarth } from '@quakewire/core';
import {
  aSegmentMap,
  aSizing,
  createInMemoryBudgetStore,
  createInMemoryEarthquakeStore,
  createInMemoryPolicyStore,
  createInMemoryReplayGuard,
  createInMemoryRunStore,
  createInMemorySegmentMapStore,
  createInMemorySizingStore,
  createInMemoryWakeUpLog,
  createStepClock,
  withInterruptions,
} from '@quakewire/testing';
import type { IngestKey } from '../src/key-ring.ts';
import { createPostReceiver } from '../src/receive-post.ts';
import { signedHeaders } from '../src/signature.ts';

export const keys: Record<string, IngestKey> = {
  real: { secret: Buffer.alloc(32, 1), network: 'infp', exercise: false },
  drill: { secret: Buffer.alloc(32, 2), network: 'infp', exercise: true },
};

export const createIngestWorld = (options: { tellExercises?: boolean } = {}) =>
  createIngestWorldAt(createStepClock(), options);

/** An ingest on stores in memory, five seconds after an earthquake below Vrancea; `post` signs as an institute does. */
export async function createIngestWorldAt<AnyClock extends Clock>(clock: AnyClock, { tellExercises = true } = {}) {
  const originTimeMs = clock.wallMs() - 5_000;
  const maps = createInMemorySegmentMapStore();
  await maps.publish(aSegmentMap({ channel: 'sms' }));
  const policies = createInMemoryPolicyStore();
  await policies.put(startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } }));
  const runs = createInMemoryRunStore();
  const earthquakes = createInMemoryEarthquakeStore();
  const wakeUps = createInMemoryWakeUpLog(4);
  const replays = createInMemoryReplayGuard();
  const faults = { kafkaIsDown: false };
  const calls: string[] = [];
  const lines: string[] = [];
  const note = (fields: Record<string, unknown>, message: string) => lines.push(`${message} ${JSON.stringify(fields)}`);
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  const noted = <Port extends object>(port: Port): Port =>
    withInterruptions(port, { before: (method) => void calls.push(method) });
  const log = withInterruptions(wakeUps, {
    before: (method) => {
      if (method === 'publish' && faults.kafkaIsDown) throw new Error('Kafka is down');
    },
  });
  const ahead = readAhead(['sms'], {
    policies,
    maps,
    sizing: createInMemorySizingStore(aSizing()),
    wakeUps: { livePartitions: log.livePartitions, publish: log.publish, resize: async () => undefined },
  });
  const receiver = createReceiver(
    {
      ...{ channels: ['sms'], runs, clock, storeTime: clock.wallMs },
      ...{ earthquakes: noted(earthquakes), budgets: createInMemoryBudgetStore(runs) },
    },
    ahead,
    logger,
  );
  const receive = createPostReceiver({
    keys: async (id) => keys[id],
    ...{ replays: noted(replays), refresh: ahead.refresh, receive: receiver, tellExercises, clock, logger },
  });
  let posts = 0;

  const solution = (changes: object = {}) => ({
    ...{ schema: 1, id: 'vr1', updated: new Date(clock.wallMs()).toISOString(), status: 'automatic' },
    originTime: new Date(originTimeMs).toISOString(),
    ...{ latitude: 45.77, longitude: 26.76, depthKm: 94, magnitude: 7.1, region: 'Vrancea', stations: 8 },
    ...changes,
  });
  /** A signed post of `body`, `lateSeconds` after its timestamp. */
  function sign(body: unknown, { keyId = 'real', lateSeconds = 0 } = {}) {
    const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const timestampSeconds = Math.floor(clock.wallMs() / 1000) - lateSeconds;
    const secret = keys[keyId]?.secret ?? Buffer.alloc(32, 9);
    return { headers: signedHeaders(keyId, secret, { id: `post-${++posts}`, timestampSeconds }, bytes), body: bytes };
  }
  return {
    ...{ clock, earthquakes, runs, wakeUps, policies, calls, lines, faults, solution, sign, receive },
    post: (changes: object = {}, keyId = 'real') => receive(sign(solution(changes), { keyId })),
    wakeUpsOf: () => wakeUps.drain('sms').length,
  };
}
