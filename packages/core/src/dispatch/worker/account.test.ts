import { createFakeChannel, createInMemoryBudgetStore, createStepClock } from '@quakewire/testing';
import type { ChannelName, Delivery } from '../../channel/channel.ts';
import { createAccount } from './account.ts';
import { acquireSlot } from './slot-lease.ts';

const accepted: Delivery = { outcome: 'accepted', messageId: 'm1' };
const failed: Delivery = { outcome: 'transient', reason: 'http:503' };
const throttled: Delivery = { outcome: 'throttled', reason: 'http:429', retryAfterMs: 2_000 };

/** Two workers with a slot each of an account of 200 a second; the first one is the steward. */
async function twoWorkers(name: ChannelName = 'sms') {
  const clock = createStepClock();
  const budgets = createInMemoryBudgetStore({ listOpen: async () => [] });
  await budgets.ensure(name, 200, 2);
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const ports = { budgets, channel: createFakeChannel({ name }), clock, storeTime: clock.wallMs, log };
  let stewardIs = 'a';
  const join = async (owner: string) => {
    const slot = await acquireSlot(ports, owner, 0);
    if (!slot) throw new Error('a slot should be free');
    return createAccount(ports, slot, async () => stewardIs === owner);
  };
  const [steward, other] = [await join('a'), await join('b')];
  /** Both look, as every second. */
  const tick = async (seconds = 1): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      await clock.advance(1_000);
      for (const account of [steward, other]) {
        await account.refresh(500);
        await account.tend();
      }
    }
  };
  const answer = async (account: typeof steward, deliveries: readonly Delivery[]): Promise<void> => {
    const ends = deliveries.map(() => account.callStarts());
    for (const [at, end] of ends.entries()) end(deliveries[at] ?? accepted);
    await account.settled();
  };
  const budget = async () => budgets.read(name);
  const stewardDies = (): void => {
    stewardIs = 'b';
  };
  return { clock, steward, other, tick, answer, budget, stewardDies };
}
const times = (count: number, delivery: Delivery): Delivery[] => Array.from({ length: count }, () => delivery);

test('many throttle answers at once shrink the rate once, and everybody pauses', async () => {
  const { steward, other, tick, answer, budget } = await twoWorkers();
  await Promise.all([answer(steward, times(10, throttled)), answer(other, times(10, throttled))]);
  expect(await budget()).toMatchObject({ effectiveRatePerSecond: 140, generation: 2 });
  expect([steward.pauseLeftMs(), other.pauseLeftMs()]).toEqual([2_000, 2_000]);
  await tick(2);
  expect([steward.pauseLeftMs(), other.pauseLeftMs()]).toEqual([0, 0]);
  await answer(other, [throttled]);
  expect((await budget())?.effectiveRatePerSecond).toBeCloseTo(98);
});

test('a pause longer than a page is held for closes the account until it is over', async () => {
  const { other, tick, answer } = await twoWorkers();
  await answer(other, [{ ...throttled, retryAfterMs: 10_000 }]);
  expect(other.isOpen()).toBe(false);
  await tick(6);
  expect(other.isOpen()).toBe(true);
  expect(other.pauseLeftMs()).toBe(4_000);
});

test('the steward gives a twentieth back every five seconds without a throttle answer, up to the whole', async () => {
  const { other, tick, answer, budget } = await twoWorkers();
  await answer(other, [{ ...throttled, retryAfterMs: 0 }]);
  await tick(4);
  expect(await budget()).toMatchObject({ effectiveRatePerSecond: 140 });
  await tick(2);
  expect(await budget()).toMatchObject({ effectiveRatePerSecond: 150 });
  await tick(60);
  expect(await budget()).toMatchObject({ effectiveRatePerSecond: 200 });
});

test('half of 20 answers being failures opens the breaker for all; a good probe of the steward closes it', async () => {
  const { steward, other, tick, answer, budget } = await twoWorkers();
  await answer(other, [...times(10, accepted), ...times(9, failed)]);
  expect(other.isOpen()).toBe(true);
  await answer(other, [failed]);
  await tick();
  expect([(await budget())?.breaker, steward.isOpen(), other.isOpen()]).toEqual(['open', false, false]);
  await tick(5);
  expect([(await budget())?.breaker, steward.isOpen(), other.isOpen()]).toEqual(['halfOpen', true, false]);
  const ends = times(10, accepted).map(() => steward.callStarts());
  expect(steward.isOpen()).toBe(false);
  for (const [at, end] of ends.entries()) end(at < 2 ? failed : accepted);
  await tick();
  expect([(await budget())?.breaker, steward.isOpen(), other.isOpen()]).toEqual(['closed', true, true]);
});

test('a bad probe opens it again, for twice as long', async () => {
  const { steward, other, tick, answer, budget } = await twoWorkers();
  await answer(other, times(20, failed));
  await tick(6);
  await answer(steward, [...times(7, accepted), ...times(3, failed)]);
  expect((await budget())?.breaker).toBe('open');
  await tick(9);
  expect((await budget())?.breaker).toBe('open');
  await tick(2);
  expect((await budget())?.breaker).toBe('halfOpen');
});

test('a steward that dies in its probe is followed by another', async () => {
  const { clock, steward, other, tick, answer, budget, stewardDies } = await twoWorkers();
  await answer(steward, times(20, failed));
  await tick(6);
  expect([steward.isOpen(), other.isOpen()]).toEqual([true, false]);
  const probing = await budget();
  stewardDies();
  await clock.advance(10_000);
  await other.tend();
  expect(other.isOpen()).toBe(false);
  await clock.advance(2_000);
  await other.tend();
  expect(other.isOpen()).toBe(true);
  expect(await budget()).toEqual({ ...probing, generation: (probing?.generation ?? 0) + 1 });
});

test('receivers of webhooks that fail close nobody else’s way', async () => {
  const { other, answer, budget } = await twoWorkers('webhook');
  await answer(other, times(30, failed));
  expect([(await budget())?.breaker, other.isOpen()]).toEqual(['closed', true]);
});
