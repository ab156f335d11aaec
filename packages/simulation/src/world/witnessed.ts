import type { Stores } from './stores.ts';
import { runName, type Witness } from './witness.ts';

/** The same stores; the witness is told of what is opened, taken, superseded and removed, and of every budget. */
export function witnessed<Seen extends Stores>(stores: Seen, witness: Witness): Seen {
  const { runs, budgets } = stores;
  return {
    ...stores,
    budgets: {
      ...budgets,
      async ensure(channel, ratePerSecond, slots) {
        await budgets.ensure(channel, ratePerSecond, slots);
        const budget = await budgets.read(channel);
        if (budget) witness.accounts.budgetIs(channel, budget);
      },
      async change(channel, seen, change) {
        const changed = await budgets.change(channel, seen, change);
        if (changed) witness.accounts.budgetIs(channel, changed);
        return changed;
      },
    },
    runs: {
      ...runs,
      async open(run) {
        await runs.open(run);
        witness.runOpened(run);
      },
      async supersede(key) {
        await runs.supersede(key);
        witness.superseded(key);
      },
      async markTaken(key, rank) {
        await runs.markTaken(key, rank);
        witness.segmentTaken(key, rank);
      },
      async markDone(key, rank, counts) {
        await runs.markDone(key, rank, counts);
        witness.segmentTaken(key, rank);
      },
      async reopen(key) {
        const isOpen = await runs.reopen(key);
        if (isOpen) witness.runReopened(key);
        return isOpen;
      },
      async removeOpen(key) {
        await runs.removeOpen(key);
        const listed = await runs.listOpen(key.channel);
        if (!listed.some((run) => runName(run) === runName(key))) witness.runRemoved(key);
      },
    },
  };
}
