import type { Mutant } from './mutant.ts';

const account = 'packages/core/src/dispatch/worker/account.ts';

/** What a throttle answer and the breaker do, for all and once. */
export const accountMutants: readonly Mutant[] = [
  {
    number: 25,
    name: 'every throttle answer shrinks',
    patches: [
      {
        file: account,
        find: 'changeBeside(from, shrunk(from, storeTime()',
        replace: 'changeBeside(budget, shrunk(budget, storeTime()',
      },
    ],
  },
  {
    number: 29,
    name: 'half open lets all through',
    patches: [
      {
        file: account,
        find: 'return probe !== undefined && probe.started < probeCalls;',
        replace: 'return probe !== undefined || budget.generation > 0;',
      },
    ],
  },
];
