import type { Clock, LeaderLease } from '@quakewire/core';
import { createInMemoryLeaderLease, createSeededRandom, createStepClock, withInterruptions } from '@quakewire/testing';
import fc from 'fast-check';
import { createHeldLease } from './held-lease.ts';
import { runShift } from './run-shift.ts';

const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const never = new Promise<never>(silent);
const shiftMs = 840_000;

/** Starts shifts on one pair of leases; remembers who was acting when, as the shifts themselves see it. */
function createWorld() {
  const clock = createStepClock();
  const leases = { leader: createInMemoryLeaderLease(), standby: createInMemoryLeaderLease() };
  const acting = new Map<string, () => boolean>();
  const ends: { owner: string; end: string }[] = [];
  const dead = new Set<string>();
  let started = 0;

  /** A process that was killed never gets an answer again and never acts again. */
  const mortal = (owner: string, lease: LeaderLease): LeaderLease =>
    withInterruptions(lease, { before: () => (dead.has(owner) ? never : undefined) });

  return {
    clock,
    ends,
    kill: (owner: string) => dead.add(owner),
    leaders: () => [...acting].filter(([owner, isActing]) => !dead.has(owner) && isActing()).map(([owner]) => owner),
    start(time: Clock = clock, warmMs = 0): string {
      const owner = `start-${++started}`;
      const leader = createHeldLease(mortal(owner, leases.leader), owner, time);
      void runShift(shiftMs, {
        leader,
        standby: createHeldLease(mortal(owner, leases.standby), owner, time),
        listen: () => ({ warm: warmMs > 0 ? time.sleep(warmMs) : Promise.resolve(), ended: Promise.resolve() }),
        prepare: async () => undefined,
        async lead(signal) {
          acting.set(owner, leader.isHeld);
          while (!signal.aborted && !dead.has(owner) && (await leader.step())) await time.sleep(500).catch(silent);
          if (dead.has(owner)) await never;
          acting.delete(owner);
        },
        clock: time,
        logger,
      }).then((end) => ends.push({ owner, end }));
      return owner;
    },
  };
}

/** Virtual milliseconds until `owner` differs from the leader that is gone. */
async function untilNextLeader(world: ReturnType<typeof createWorld>, gone: string): Promise<number> {
  const fromMs = world.clock.monotonicMs();
  while (world.leaders().every((owner) => owner === gone)) {
    if (world.clock.monotonicMs() - fromMs > 120_000) throw new Error('nobody took over');
    await world.clock.advance(50);
  }
  return world.clock.monotonicMs() - fromMs;
}

describe('a shift', () => {
  it('takes over within 10 s also when it became the standby only as the leader died, and still connects', async () => {
    const world = createWorld();
    const first = world.start();
    await world.clock.advance(5_000);
    const second = world.start(world.clock, 3_000);
    await world.clock.advance(600);
    world.kill(first);
    expect(await untilNextLeader(world, first)).toBeLessThan(10_000);
    expect(world.leaders()).toEqual([second]);
  });

  it('leads when it is the first, keeps the second as standby, and needs no third', async () => {
    const world = createWorld();
    const first = world.start();
    await world.clock.advance(5_000);
    const second = world.start();
    await world.clock.advance(5_000);
    const third = world.start();
    await world.clock.advance(12_000);
    expect(world.leaders()).toEqual([first]);
    expect(world.ends).toEqual([{ owner: third, end: 'notNeeded' }]);
    world.kill(first);
    await untilNextLeader(world, first);
    expect(world.leaders()).toEqual([second]);
  });

  it('is taken over within 10 s after a kill, 20 times in a row, whenever it happens', async () => {
    const world = createWorld();
    const random = createSeededRandom(7);
    world.start();
    await world.clock.advance(1_000);
    for (let crash = 0; crash < 20; crash++) {
      world.start();
      await world.clock.advance(10_000 + random.between(0, 4_000));
      const [leader = ''] = world.leaders();
      world.kill(leader);
      expect(await untilNextLeader(world, leader)).toBeLessThan(10_000);
    }
  });

  it('hands over within 2 s at its planned end', async () => {
    const world = createWorld();
    const first = world.start();
    await world.clock.advance(60_000);
    const second = world.start();
    await world.clock.advance(shiftMs - 61_000);
    expect(world.leaders()).toEqual([first]);
    while (world.leaders().includes(first)) await world.clock.advance(50);
    expect(await untilNextLeader(world, first)).toBeLessThan(2_000);
    expect(world.leaders()).toEqual([second]);
  });

  it('leaves no gap above 2 s over six hours of starts that come anywhere within their minute', async () => {
    const world = createWorld();
    const random = createSeededRandom(11);
    let longestGapMs = 0;
    let gapMs = 0;
    let mostAlive = 0;
    for (let minute = 0; minute < 360; minute++) {
      const startAtMs = random.between(0, 59_000);
      for (let ms = 0; ms < 60_000; ms += 1_000) {
        if (ms === Math.floor(startAtMs / 1_000) * 1_000) world.start();
        await world.clock.advance(1_000);
        gapMs = world.leaders().length === 0 ? gapMs + 1_000 : 0;
        if (minute > 1) longestGapMs = Math.max(longestGapMs, gapMs);
      }
      mostAlive = Math.max(mostAlive, minute + 1 - world.ends.length);
    }
    expect(longestGapMs).toBeLessThanOrEqual(2_000);
    // Leader, standby, one that makes room, and a newcomer that still looks.
    expect(mostAlive).toBeLessThanOrEqual(4);
  }, 60_000);

  it('never lets two act at the same time, whoever dies and however far clocks of day are off', async () => {
    const starts = fc.array(
      fc.record({ afterMs: fc.nat(30_000), skewMs: fc.integer({ min: -1e7, max: 1e7 }), kill: fc.boolean() }),
      {
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(starts, async (script) => {
        const world = createWorld();
        for (const { afterMs, skewMs, kill } of script) {
          world.start(world.clock.skewed(skewMs));
          for (let ms = 0; ms < afterMs; ms += 500) {
            await world.clock.advance(500);
            expect(world.leaders().length).toBeLessThanOrEqual(1);
          }
          const [leader] = world.leaders();
          if (kill && leader) world.kill(leader);
        }
      }),
      { numRuns: 40 },
    );
  });
});
