import { createFakeChannel, createInMemoryBudgetStore, createStepClock } from '@quakewire/testing';
import { slotShare } from '../budget-share.ts';
import { acquireSlot, type SlotLease } from './slot-lease.ts';

/** An account of 200 a second in two slots, and workers that lease them. */
async function anAccount(ratePerSecond = 200, slots = 2) {
  const clock = createStepClock();
  const budgets = createInMemoryBudgetStore({ listOpen: async () => [] });
  await budgets.ensure('sms', ratePerSecond, slots);
  const ports = { budgets, channel: createFakeChannel(), clock };
  const lease = async (owner: string): Promise<SlotLease> => {
    const slot = await clock.until(acquireSlot(ports, owner, 0));
    if (!slot) throw new Error('a slot should be free');
    return slot;
  };
  const budget = async () => {
    const found = await budgets.read('sms');
    if (!found) throw new Error('there should be a budget');
    return found;
  };
  return { clock, budgets, ports, lease, budget };
}

test('a holder notes its share, and may use it beside all others of its sizing', async () => {
  const { lease, budgets } = await anAccount();
  const [a, b] = [await lease('a'), await lease('b')];
  expect([a.fits(), b.fits(), a.isValid(), b.isValid()]).toEqual([true, true, true, true]);
  expect((await budgets.listSlots('sms')).map(({ sharePerSecond }) => sharePerSecond)).toEqual([97, 97]);
});

test('under a new sizing nobody begins to send until those of the old one leave room', async () => {
  const { lease, budgets, budget } = await anAccount(500, 3);
  const old = [await lease('a'), await lease('b'), await lease('c')];
  await old[0]?.release();
  await budgets.ensure('sms', 200, 2);
  const joiner = await lease('d');
  expect(joiner.fits()).toBe(false);
  for (const slot of old.slice(1)) await slot.follow(await budget());
  await joiner.checkShare();
  expect(joiner.fits()).toBe(true);
  const held = (await budgets.listSlots('sms', true)).filter(({ owner }) => owner !== undefined);
  expect(held.reduce((sum, { sharePerSecond }) => sum + sharePerSecond, 0)).toBeLessThanOrEqual(200);
});

test('a slot that the new sizing has no place for is given back, a smaller share used at once, a larger one when it fits', async () => {
  const { lease, budgets, budget } = await anAccount();
  const [a, b] = [await lease('a'), await lease('b')];
  await budgets.ensure('sms', 150, 1);
  await a.follow(await budget());
  expect([a.isValid(), a.fits()]).toEqual([true, false]);
  await b.follow(await budget());
  expect(b.isValid()).toBe(false);
  await a.checkShare();
  expect(a.fits()).toBe(true);
  expect((await budgets.listSlots('sms'))[0]?.sharePerSecond).toBe(slotShare(await budget()));
});

test('the share of a holder that died under an earlier sizing is not waited for longer than a take', async () => {
  const { clock, lease, budgets } = await anAccount(500, 3);
  const [first] = [await lease('a'), await lease('b'), await lease('c')];
  await first?.release();
  await budgets.ensure('sms', 200, 2);
  const joiner = await lease('d');
  const renewing = (async () => {
    for (let second = 0; second < 9; second++) {
      await clock.sleep(1_000);
      await joiner.renew(false);
      await joiner.checkShare();
    }
  })();
  await clock.until(renewing);
  expect(joiner.fits()).toBe(true);
  expect((await budgets.listSlots('sms')).map(({ index }) => index)).toEqual([0, 1]);
});

test('a slot that a dead holder of an earlier sizing left beyond those of the new one is nobody’s', async () => {
  const { clock, lease, budgets, ports } = await anAccount(500, 3);
  const [a, b] = [await lease('a'), await lease('b'), await lease('dead')];
  await budgets.ensure('sms', 200, 2);
  const renewing = (async (): Promise<'over'> => {
    for (let second = 0; second < 20; second++) {
      await clock.sleep(1_000);
      await Promise.all([a, b].map((slot) => slot.renew(false)));
    }
    return 'over';
  })();
  expect(await clock.until(Promise.race([acquireSlot(ports, 'late', 0), renewing]))).toBeUndefined();
  expect((await budgets.listSlots('sms'))[2]?.owner).toBe('dead');
});

test('who finds all slots held by others that stay goes away; who sees somebody leaving stands by', async () => {
  const { clock, lease, ports } = await anAccount(60, 1);
  const holder = await lease('a');
  expect(await clock.until(Promise.race([acquireSlot(ports, 'b', 0), renewFor(20, false)]))).toBeUndefined();
  const successor = acquireSlot(ports, 'b', 0);
  await clock.until(renewFor(9, true));
  await holder.release();
  const slot = await clock.until(successor);
  expect([slot?.index, holder.isValid(), slot?.isValid()]).toEqual([0, false, true]);

  async function renewFor(seconds: number, isLeaving: boolean): Promise<'over'> {
    for (let second = 0; second < seconds; second++) {
      await holder.renew(isLeaving);
      await clock.sleep(1_000);
    }
    return 'over';
  }
});
