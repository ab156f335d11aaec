import { type Bulletin, type Logger, startingPolicy, wholeEarth } from '@quakewire/core';
import {
  aBulletin,
  anApproval,
  aRequest,
  aSegment,
  aSegmentMap,
  aSizing,
  createInMemoryBudgetStore,
  createInMemoryEarthquakeStore,
  createInMemoryLeaderLease,
  createInMemoryLedger,
  createInMemoryPolicyStore,
  createInMemoryRequests,
  createInMemoryRunStore,
  createInMemorySegmentMapStore,
  createInMemorySizingStore,
  createInMemoryWakeUpLog,
  createStepClock,
  withInterruptions,
} from '@quakewire/testing';
import { createShift } from './create-shift.ts';
import type { Source } from './sources/source.ts';

const never = new Promise<never>(() => undefined);

/** A producer on in-memory stores; every shift hears the same feed. */
async function createWorld() {
  const clock = createStepClock();
  const runs = createInMemoryRunStore();
  const maps = createInMemorySegmentMapStore();
  await maps.publish(aSegmentMap({ channel: 'sms', segments: [aSegment({ id: 0 }), aSegment({ id: 1 })] }));
  const wakeUps = createInMemoryWakeUpLog(4);
  const earthquakes = createInMemoryEarthquakeStore();
  const policies = createInMemoryPolicyStore();
  const requests = createInMemoryRequests();
  await policies.put(startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } }));
  const listeners = new Set<(bulletin: Bulletin) => void>();
  const lines: { fields: Record<string, unknown>; message: string }[] = [];
  const note = (fields: Record<string, unknown>, message: string) => lines.push({ fields, message });
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  const calls: string[] = [];
  const metrics = new Map<string, number>();
  const broadcast: { seq: number; isNew: boolean }[] = [];
  const resized: number[] = [];
  const faults = { kafkaIsDown: false };
  const dead = new Set<string>();

  const feed = (owner: string): Source => ({
    name: 'usgs',
    run: (onBulletin, signal) =>
      new Promise((resolve) => {
        const hear = (bulletin: Bulletin): void => void (dead.has(owner) || onBulletin(bulletin));
        listeners.add(hear);
        signal.addEventListener('abort', () => {
          listeners.delete(hear);
          resolve();
        });
      }),
    health: () => ({
      ...{ parsed: 0, skipped: 0, rejected: 0, failures: 0, listeningSinceMs: 0 },
      ...{ lastHeardAtMs: clock.wallMs(), newestVersionMs: undefined },
    }),
  });
  const leases = { leader: createInMemoryLeaderLease(), standby: createInMemoryLeaderLease() };

  function start(owner: string, shiftMs = 840_000) {
    // A process that was killed never gets an answer again.
    const mortal = <Port extends object>(port: Port): Port =>
      withInterruptions(port, { before: (method) => (dead.has(owner) ? never : void calls.push(method)) });
    const log = withInterruptions(wakeUps, {
      before: (method) => {
        if (method === 'publish' && faults.kafkaIsDown) throw new Error('Kafka is down');
      },
    });
    const shift = createShift(shiftMs, {
      channels: ['sms', 'email'],
      earthquakes: mortal(earthquakes),
      policies: mortal(policies),
      requests: mortal(requests),
      runs: mortal(runs),
      ledger: createInMemoryLedger(),
      budgets: mortal(createInMemoryBudgetStore(runs)),
      maps: mortal(maps),
      sizing: mortal(createInMemorySizingStore(aSizing())),
      leader: mortal(leases.leader),
      standby: mortal(leases.standby),
      wakeUps: {
        livePartitions: log.livePartitions,
        publish: log.publish,
        resize: async (threads) => void resized.push(threads),
      },
      createSources: () => [feed(owner)],
      signals: () => [],
      broadcast: { start: ({ seq }, isNew) => void broadcast.push({ seq, isNew }), ended: async () => undefined },
      metrics: { add: (name, value) => void metrics.set(name, value), flush: () => undefined },
      clock,
      storeTime: clock.wallMs,
    });
    return shift(owner, logger);
  }

  return {
    ...{ policies, requests, metrics, broadcast, clock, wakeUps, earthquakes, lines, faults, calls, resized, start },
    kill: (owner: string) => dead.add(owner),
    hear: (bulletin: Bulletin) => {
      for (const listener of listeners) listener(bulletin);
    },
    wakeUpsOf: (channel: string) => wakeUps.drain(channel).filter(({ message }) => message.type === 'wakeUp'),
    alerts: () => lines.filter(({ message }) => message === 'alert dispatched').map(({ fields }) => fields),
  };
}

const bulletinAt = (clock: { wallMs(): number }, changes: Partial<Bulletin> = {}): Bulletin =>
  aBulletin({ receivedAtMs: clock.wallMs(), ...changes });

describe('the producer', () => {
  it('turns a bulletin into wake-ups, nearest first, and says how fast it was', async () => {
    const world = await createWorld();
    void world.start('a');
    await world.clock.advance(1_000);
    world.hear(bulletinAt(world.clock));
    await world.clock.advance(0);
    expect(world.wakeUpsOf('sms').map(({ message }) => message)).toMatchObject([{ segment: 0 }, { segment: 1 }]);
    expect(world.wakeUpsOf('email')).toEqual([]);
    const now = world.clock.wallMs();
    expect(world.alerts()).toEqual([
      expect.objectContaining({
        receivedAtMs: now,
        acknowledgedAtMs: { sms: now, email: now },
        wakeUps: { sms: 2, email: 0 },
      }),
    ]);
    expect(world.earthquakes.all()[0]).toMatchObject({ lastAlertSeq: 1, pinnedMaps: { sms: 1 } });
    expect(world.broadcast).toEqual([{ seq: 1, isNew: true }]);
  });

  it('asks no store on the way of an alert but for the earthquake, the alert, its runs and their budget', async () => {
    const world = await createWorld();
    void world.start('a');
    await world.clock.advance(1_000);
    world.calls.length = 0;
    world.hear(bulletinAt(world.clock));
    await world.clock.advance(0);
    expect(world.calls.filter((method) => method !== 'listOpen').toSorted()).toEqual([
      'create',
      'ensure',
      'listMainshocks',
      'lookAround',
      'open',
      'putAlert',
      'saveRevision',
    ]);
  });

  it('lets only the leader act; the standby takes over what the leader did not finish', async () => {
    const world = await createWorld();
    void world.start('a');
    void world.start('b');
    await world.clock.advance(12_000);
    world.kill('a');
    world.hear(bulletinAt(world.clock));
    await world.clock.advance(10_000);
    expect(world.alerts()).toHaveLength(1);
    expect(world.wakeUpsOf('sms')).toHaveLength(2);
  });

  it('alerts once although leader and standby both heard it', async () => {
    const world = await createWorld();
    void world.start('a');
    void world.start('b');
    await world.clock.advance(12_000);
    world.hear(bulletinAt(world.clock));
    await world.clock.advance(1_000);
    world.kill('a');
    await world.clock.advance(30_000);
    expect(world.alerts()).toHaveLength(1);
  });

  it('keeps a bulletin while Kafka is down and dispatches it when it is back', async () => {
    const world = await createWorld();
    void world.start('a');
    await world.clock.advance(1_000);
    world.faults.kafkaIsDown = true;
    world.hear(bulletinAt(world.clock));
    await world.clock.advance(20_000);
    expect(world.alerts()).toHaveLength(0);
    world.faults.kafkaIsDown = false;
    await world.clock.advance(10_000);
    expect(world.alerts()).toHaveLength(1);
  });

  it('lets no bulletin that fails hold up another', async () => {
    const world = await createWorld();
    void world.start('a');
    await world.clock.advance(1_000);
    world.faults.kafkaIsDown = true;
    world.hear(bulletinAt(world.clock, { magnitude: 7 }));
    await world.clock.advance(3_500);
    world.faults.kafkaIsDown = false;
    const elsewhere = { ...aBulletin().hypocentre, latitude: 10 };
    world.hear(bulletinAt(world.clock, { id: 'other', ids: ['other'], magnitude: 5, hypocentre: elsewhere }));
    await world.clock.advance(0);
    expect(world.alerts()).toHaveLength(1);
    await world.clock.advance(4_000);
    expect(world.alerts()).toHaveLength(2);
  });

  it('follows the alert policy within seconds; a wrong one is refused, said, and the last good one stays in force', async () => {
    const world = await createWorld();
    void world.start('a');
    await world.clock.advance(1_000);
    await world.policies.put({ ...startingPolicy({ everywhere: { mode: 'off', area: wholeEarth } }), version: 2 });
    await world.policies.spoil(3, { version: 3, regions: {} });
    await world.clock.advance(61_000);
    world.hear(bulletinAt(world.clock));
    await world.clock.advance(1_000);
    expect(world.alerts()).toEqual([]);
    const refused = world.lines.filter(({ message }) => message === 'alert policy refused');
    expect(refused[0]?.fields).toMatchObject({
      inForce: 2,
      faults: [expect.stringMatching(/^policy 3 is refused: schema/)],
    });
    expect(world.metrics.get('alertPolicy.refused')).toBe(1);
  });

  it('updates on a significant revision, and cancels what was retracted, on the same maps', async () => {
    const world = await createWorld();
    void world.start('a');
    await world.clock.advance(1_000);
    for (const [version, changes] of [{}, { magnitude: 6.8 }, { status: 'deleted' as const }].entries()) {
      world.hear(bulletinAt(world.clock, { version, ...changes }));
      await world.clock.advance(1_000);
    }
    expect(world.alerts().map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 'alert'],
      [2, 'update'],
      [3, 'cancel'],
    ]);
    expect(world.earthquakes.all()[0]?.pinnedMaps).toEqual({ sms: 1 });
  });

  it('tells what two operators ask for when feeds are down, and stops on one’s word', async () => {
    const world = await createWorld();
    void world.start('a');
    await world.clock.advance(5_000);
    const request = aRequest({ requestedAtMs: world.clock.wallMs() });
    await world.requests.put(request);
    await world.clock.advance(5_000);
    expect(world.alerts()).toEqual([]);
    await world.requests.approve(anApproval({ request, approvedAtMs: world.clock.wallMs() }));
    await world.clock.advance(1_000);
    expect(world.wakeUpsOf('sms')).toHaveLength(2);
    const { earthquakeId } = world.alerts()[0] as { earthquakeId: string };
    const requestedAtMs = world.clock.wallMs();
    await world.requests.put(aRequest({ id: 'stop', asked: { kind: 'cancel', earthquakeId }, requestedAtMs }));
    await world.clock.advance(1_000);
    expect(world.alerts().map(({ kind }) => kind)).toEqual(['alert', 'cancel']);
    expect((await world.requests.listEnded(5)).map(({ id }) => id)).toEqual(['stop', request.id]);
  });

  it('sends a heartbeat to each active partition once a minute, and follows the sizing', async () => {
    const world = await createWorld();
    void world.start('a');
    await world.clock.advance(61_000);
    const beats = world.wakeUps.drain('sms');
    expect(beats.map(({ partition, message }) => [partition, message.type])).toEqual([
      [0, 'heartbeat'],
      [2, 'heartbeat'],
      [0, 'heartbeat'],
      [2, 'heartbeat'],
    ]);
    expect(world.resized.at(-1)).toBe(1);
  });

  it('wakes workers again when a run does not move', async () => {
    const world = await createWorld();
    void world.start('a');
    await world.clock.advance(1_000);
    world.hear(bulletinAt(world.clock));
    await world.clock.advance(500);
    world.wakeUpsOf('sms');
    await world.clock.advance(8_000);
    expect(world.wakeUpsOf('sms').length).toBeGreaterThan(0);
  });

  it('ends its shift with no timer left and the lease free', async () => {
    const world = await createWorld();
    const ended = world.start('a', 30_000);
    await world.clock.until(ended);
    expect(world.clock.sleepers()).toBe(0);
    void world.start('b', 30_000);
    await world.clock.advance(100);
    expect(world.lines.filter(({ message }) => message === 'leading')).toHaveLength(2);
  });
});
