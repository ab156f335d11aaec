import { createInMemoryLeaderLease, createStepClock, withInterruptions } from '@quakewire/testing';
import { createHeldLease, holdMs, takeMs } from './held-lease.ts';

describe('held lease', () => {
  it('is no longer held once its last renewal was issued too long ago, though nobody took it', async () => {
    const clock = createStepClock();
    const lease = createHeldLease(createInMemoryLeaderLease(), 'a', clock);
    expect(await lease.step()).toBe(true);
    await clock.advance(holdMs - 1);
    expect(lease.isHeld()).toBe(true);
    await clock.advance(1);
    expect(lease.isHeld()).toBe(false);
  });

  it('counts the hold from when a renewal was issued, not from its answer', async () => {
    const clock = createStepClock();
    let delayMs = 0;
    const slow = withInterruptions(createInMemoryLeaderLease(), { after: () => clock.sleep(delayMs) });
    const lease = createHeldLease(slow, 'a', clock);
    await clock.until(lease.step());
    await clock.advance(2_000);
    delayMs = 3_000;
    await clock.until(lease.step());
    await clock.advance(2_999);
    expect(lease.isHeld()).toBe(true);
    await clock.advance(1);
    expect(lease.isHeld()).toBe(false);
  });

  it('takes a silent one only after watching it unchanged for the whole take time', async () => {
    const clock = createStepClock();
    const store = createInMemoryLeaderLease();
    await createHeldLease(store, 'a', clock).step();
    await clock.advance(60_000);
    const taker = createHeldLease(store, 'b', clock);
    expect(await taker.step()).toBe(false);
    await clock.advance(takeMs - 1);
    expect(await taker.step()).toBe(false);
    await clock.advance(1);
    expect(await taker.step()).toBe(true);
  });

  it('takes a released one at once', async () => {
    const clock = createStepClock();
    const store = createInMemoryLeaderLease();
    const first = createHeldLease(store, 'a', clock);
    await first.step();
    await first.release();
    expect(first.isHeld()).toBe(false);
    expect(await createHeldLease(store, 'b', clock).step()).toBe(true);
  });

  it('finds a lease that it took although the answer was lost', async () => {
    const clock = createStepClock();
    let isLost = true;
    const store = withInterruptions(createInMemoryLeaderLease(), {
      after: (method) => {
        if (method === 'take' && isLost) throw new Error('no answer');
      },
    });
    const lease = createHeldLease(store, 'a', clock);
    await expect(lease.step()).rejects.toThrow('no answer');
    isLost = false;
    expect(await lease.step()).toBe(true);
  });

  it('is lost when another took it', async () => {
    const clock = createStepClock();
    const store = createInMemoryLeaderLease();
    const first = createHeldLease(store, 'a', clock);
    await first.step();
    const second = createHeldLease(store, 'b', clock);
    await second.step();
    await clock.advance(takeMs);
    await second.step();
    expect(await first.step()).toBe(false);
  });
});
