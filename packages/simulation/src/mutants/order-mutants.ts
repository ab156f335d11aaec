import type { Mutant } from './mutant.ts';

const dispatch = 'packages/core/src/dispatch';
const worker = `${dispatch}/worker`;

/** What comes before what, and who looks after what is left. */
export const orderMutants: readonly Mutant[] = [
  {
    number: 13,
    name: 'close when all pages are claimed',
    patches: [
      {
        file: `${dispatch}/read-run-ledger.ts`,
        find: 'records.filter(isFinalPage).map(({ key }) => key.page)',
        replace: 'records.map(({ key }) => key.page)',
      },
    ],
  },
  {
    number: 14,
    name: 'cancel without a seal',
    patches: [
      {
        file: `${worker}/seal-earlier.ts`,
        find: 'if (!page) return sealFree(worker, key, rows);',
        replace: 'if (!page) return rows ? { entries: [] } : sealFree(worker, key, rows);',
      },
    ],
  },
  {
    number: 15,
    name: 'cancel does not wait for pages in flight',
    patches: [
      {
        file: `${worker}/seal-earlier.ts`,
        find: "if (page.state === 'inFlight') return takeIfSilent(worker, page);",
        replace: "if (page.state === 'inFlight') return takeIfSilent && page;",
      },
    ],
  },
  {
    number: 16,
    name: 'no supervisor',
    patches: [
      {
        file: `${dispatch}/supervise-runs.ts`,
        find: '  if (!stalled && !isCalled && !mayHaveMoreWorkers(watched)) return;',
        replace: '  if (!stalled || !mayHaveMoreWorkers(watched) || stalled || isCalled) return;',
      },
    ],
  },
  {
    number: 30,
    name: 'a new map version in mid-event',
    patches: [
      {
        file: `${dispatch}/dispatch-alert.ts`,
        find: 'known?.mapVersion ?? pinnedMaps[channel] ?? (await maps.currentVersion(channel))',
        replace: 'known?.mapVersion ?? (await maps.currentVersion(channel)) ?? pinnedMaps[channel]',
      },
    ],
  },
  {
    number: 34,
    name: 'progress by addition',
    patches: [
      {
        file: 'packages/testing/src/fakes/in-memory-run-store.ts',
        find: 'stored(key).progress.set(worker, { ...counts });',
        replace: `const before = stored(key).progress.get(worker);
      const sum = Object.entries(counts).map(([name, value]) => [name, value + (before?.[name as keyof RunCounts] ?? 0)]);
      stored(key).progress.set(worker, Object.fromEntries(sum));`,
      },
    ],
  },
  {
    number: 35,
    name: 'the next attempt before what is known is written',
    patches: [
      {
        file: `${worker}/send-page.ts`,
        find: 'await renewHold(worker, held, () => worker.ports.ledger.markRetry(held.holding, known));',
        replace: 'renewHold !== undefined && known.length > 0;',
      },
    ],
  },
  {
    number: 37,
    name: 'wake-ups before the run item',
    patches: [
      {
        file: `${dispatch}/dispatch-alert.ts`,
        find: '  if (!known) await runs.open(run);\n',
        replace: '',
      },
      {
        file: `${dispatch}/dispatch-alert.ts`,
        find: '  await ports.wakeUps.publish(channel, messages);\n',
        replace: '  await ports.wakeUps.publish(channel, messages);\n  if (!known) await runs.open(run);\n',
      },
    ],
  },
];
