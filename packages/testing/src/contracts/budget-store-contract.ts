import type { Budget, BudgetStore, RunStore, SlotRecord } from '@quakewire/core';
import { aRun } from '../builders.ts';

/** What the port `BudgetStore` promises, for any implementation. Each test gets empty stores. */
export function budgetStoreContract(
  name: string,
  createStores: () => Promise<{ budgets: BudgetStore; runs: RunStore }>,
): void {
  describe(`${name} keeps the contract of the budget store`, () => {
    const withSlots = async (slots: number): Promise<{ budgets: BudgetStore; runs: RunStore }> => {
      const stores = await createStores();
      await stores.budgets.ensure('sms', slots * 100, slots);
      return stores;
    };
    const share = 97;
    const budgetOf = async (budgets: BudgetStore): Promise<Budget> => {
      const budget = await budgets.read('sms');
      if (!budget) throw new Error('there should be a budget');
      return budget;
    };
    const slotOf = async (budgets: BudgetStore, index: number): Promise<SlotRecord> => {
      const slot = (await budgets.listSlots('sms'))[index];
      if (!slot) throw new Error(`slot ${index} should be listed`);
      return slot;
    };
    const acquired = async (budgets: BudgetStore, owner: string): Promise<SlotRecord> => {
      const mine = await budgets.acquire('sms', await slotOf(budgets, 0), owner, share);
      if (!mine) throw new Error('the slot should be free');
      return mine;
    };

    it('has neither budget nor slots before the first was ensured', async () => {
      const { budgets } = await createStores();
      expect(await budgets.read('sms')).toBeUndefined();
      expect(await budgets.listSlots('sms')).toEqual([]);
    });

    it('starts with the full rate, a closed breaker and free slots', async () => {
      const { budgets } = await withSlots(3);
      const full = { ratePerSecond: 300, effectiveRatePerSecond: 300, slots: 3, breaker: 'closed', pausedUntilMs: 0 };
      expect(await budgets.read('sms')).toMatchObject(full);
      const slots = await budgets.listSlots('sms');
      expect(slots).toEqual(
        [0, 1, 2].map((index) => ({ index, owner: undefined, version: 0, sharePerSecond: 0, isLeaving: false })),
      );
      expect(await budgets.read('email')).toBeUndefined();
    });

    it('leaves a budget of the same rate alone', async () => {
      const { budgets } = await withSlots(3);
      const before = await budgets.read('sms');
      await budgets.ensure('sms', 300, 3);
      expect(await budgets.read('sms')).toEqual(before);
    });

    it('follows another rate while no run is open, as a new generation', async () => {
      const { budgets } = await withSlots(3);
      const before = await budgets.read('sms');
      await budgets.ensure('sms', 1_000, 10);
      const after = await budgets.read('sms');
      expect(after).toMatchObject({ ratePerSecond: 1_000, effectiveRatePerSecond: 1_000, slots: 10 });
      expect(after?.generation).toBeGreaterThan(before?.generation ?? Number.NaN);
    });

    it('keeps the budget while a run is open on the channel', async () => {
      const { budgets, runs } = await withSlots(3);
      await runs.open(aRun({ channel: 'sms' }));
      await budgets.ensure('sms', 1_000, 10);
      expect(await budgets.read('sms')).toMatchObject({ ratePerSecond: 300, slots: 3 });
      await runs.removeOpen(aRun({ channel: 'sms' }));
      await budgets.ensure('sms', 1_000, 10);
      expect(await budgets.read('sms')).toMatchObject({ ratePerSecond: 1_000, slots: 10 });
    });

    it('changes the budget for whoever saw its generation, and for nobody else', async () => {
      const { budgets } = await withSlots(3);
      const seen = await budgetOf(budgets);
      const change = { effectiveRatePerSecond: 210, breaker: 'open' as const, pausedUntilMs: 1_500 };
      const answers = await Promise.all([1, 2].map(() => budgets.change('sms', seen, change)));
      const changed = answers.filter((answer) => answer !== undefined);
      expect(changed).toEqual([{ ...seen, ...change, generation: seen.generation + 1 }]);
      expect(await budgets.read('sms', true)).toEqual(changed[0]);
      expect(await budgets.change('sms', seen, change)).toBeUndefined();
    });

    it('makes a budget full again that was left shrunk or open, once no run is open', async () => {
      const { budgets, runs } = await withSlots(3);
      const change = { effectiveRatePerSecond: 30, breaker: 'open' as const, pausedUntilMs: 1_500 };
      await budgets.change('sms', await budgetOf(budgets), change);
      await runs.open(aRun({ channel: 'sms' }));
      await budgets.ensure('sms', 300, 3);
      expect(await budgets.read('sms')).toMatchObject(change);
      await runs.removeOpen(aRun({ channel: 'sms' }));
      await budgets.ensure('sms', 300, 3);
      const full = { effectiveRatePerSecond: 300, breaker: 'closed', pausedUntilMs: 0, slots: 3 };
      expect(await budgets.read('sms')).toMatchObject(full);
    });

    it('still lists a held slot that a new sizing has no place for, until it is released', async () => {
      const { budgets } = await withSlots(3);
      const [, , last] = await budgets.listSlots('sms');
      const mine = last && (await budgets.acquire('sms', last, 'a', share));
      await budgets.ensure('sms', 100, 1);
      const indexes = async () => (await budgets.listSlots('sms', true)).map(({ index }) => index);
      expect(await indexes()).toEqual([0, 2]);
      if (mine) await budgets.release('sms', mine);
      expect(await indexes()).toEqual([0]);
    });

    it('keeps with a slot what its holder says of it, until it is released', async () => {
      const { budgets } = await withSlots(1);
      const mine = await acquired(budgets, 'a');
      expect(mine).toMatchObject({ sharePerSecond: share, isLeaving: false });
      const renewed = await budgets.renew('sms', { ...mine, sharePerSecond: 50, isLeaving: true });
      expect(await slotOf(budgets, 0)).toEqual(renewed);
      expect(renewed).toMatchObject({ sharePerSecond: 50, isLeaving: true });
      if (renewed) await budgets.release('sms', renewed);
      expect(await slotOf(budgets, 0)).toMatchObject({ owner: undefined, sharePerSecond: 0, isLeaving: false });
    });

    it('gives a free slot to exactly one of several', async () => {
      const { budgets } = await withSlots(1);
      const seen = await slotOf(budgets, 0);
      const answers = await Promise.all(['a', 'b', 'c'].map((owner) => budgets.acquire('sms', seen, owner, share)));
      const winners = answers.filter((answer) => answer !== undefined);
      expect(winners).toHaveLength(1);
      expect(await slotOf(budgets, 0)).toEqual(winners[0]);
    });

    it('lets a slot be taken that is unchanged since it was seen', async () => {
      const { budgets } = await withSlots(1);
      await acquired(budgets, 'a');
      const seen = await slotOf(budgets, 0);
      const taken = await budgets.acquire('sms', seen, 'b', share);
      expect(taken).toMatchObject({ index: 0, owner: 'b' });
      expect(taken?.version).toBeGreaterThan(seen.version);
    });

    it('refuses to take a slot that its holder has renewed', async () => {
      const { budgets } = await withSlots(1);
      const mine = await acquired(budgets, 'a');
      const seen = await slotOf(budgets, 0);
      await budgets.renew('sms', mine);
      expect(await budgets.acquire('sms', seen, 'b', share)).toBeUndefined();
      expect(await slotOf(budgets, 0)).toMatchObject({ owner: 'a' });
    });

    it('refuses a slot that was seen free and is held now', async () => {
      const { budgets } = await withSlots(1);
      const seen = await slotOf(budgets, 0);
      await acquired(budgets, 'a');
      expect(await budgets.acquire('sms', seen, 'b', share)).toBeUndefined();
    });

    it('renews as long as nobody else took the slot', async () => {
      const { budgets } = await withSlots(1);
      const mine = await acquired(budgets, 'a');
      const renewed = await budgets.renew('sms', mine);
      expect(renewed).toEqual({ ...mine, version: mine.version + 1 });
      await budgets.acquire('sms', await slotOf(budgets, 0), 'b', share);
      expect(await budgets.renew('sms', renewed as SlotRecord)).toBeUndefined();
    });

    it('frees a released slot, and ignores the release of a slot that is no longer mine', async () => {
      const { budgets } = await withSlots(1);
      const mine = await acquired(budgets, 'a');
      await budgets.release('sms', mine);
      expect(await slotOf(budgets, 0)).toMatchObject({ owner: undefined });
      await acquired(budgets, 'b');
      await budgets.release('sms', mine);
      expect(await slotOf(budgets, 0)).toMatchObject({ owner: 'b' });
    });
  });
}
