import type { Mutant } from './mutant.ts';

const dispatch = 'packages/core/src/dispatch';

/** What comes after a channel's own attempts: backups, receipts, replays. */
export const handOverMutants: readonly Mutant[] = [
  {
    number: 22,
    name: 'backups queued before the page is settled',
    patches: [
      {
        file: `${dispatch}/worker/settle-page.ts`,
        find: '  const settled = await whileHeld(',
        replace: '  await queueBackups(worker, held.holding.key, entries);\n  const settled = await whileHeld(',
      },
    ],
  },
  {
    number: 23,
    name: 'whoever is of unknown fate is handed to their backup',
    patches: [
      {
        file: `${dispatch}/worker/with-backups.ts`,
        find: "attempts[slot] && entry.outcome === 'exhausted' ?",
        replace: "attempts[slot] && (entry.outcome === 'exhausted' || entry.outcome === 'unknown') ?",
      },
    ],
  },
  {
    number: 24,
    name: 'receipts recorded whatever changed meanwhile',
    patches: [
      {
        file: 'packages/testing/src/fakes/in-memory-ledger.ts',
        find: `          found?.state === 'settled' && found.version === seen.version && found.epoch === seen.epoch
            ? { ...found, version: found.version + 1, entries }`,
        replace: `          found?.state === 'settled'
            ? { ...found, version: found.version + 1, entries }`,
      },
    ],
  },
  {
    number: 32,
    name: 'a replay does not ask the ledger',
    patches: [
      {
        file: `${dispatch}/replay/replay-letter.ts`,
        find: "  if (outcome !== 'exhausted') return",
        replace: '  if (outcome === undefined) return',
      },
    ],
  },
  {
    number: 60,
    name: 'a queued page is told after a later alert has passed it',
    patches: [
      {
        file: `${dispatch}/worker/claim-queued.ts`,
        find: '  if (await runs.readAlert(earthquakeId, seq + 1)) {',
        replace: '  if ((await runs.readAlert(earthquakeId, seq + 1)) && channel === undefined) {',
      },
    ],
  },
  {
    number: 61,
    name: 'nobody queues what a dead worker handed over',
    patches: [
      {
        file: `${dispatch}/supervise-runs.ts`,
        find: '  if (pending.length > 0) return followHandOvers(handOvers, isSuperseded, ports);',
        replace:
          '  if (pending.length > 0) return handOvers && isSuperseded ? undefined : followHandOvers([], false, ports);',
      },
    ],
  },
  {
    number: 62,
    name: 'a run is closed although endpoints are handed to it meanwhile',
    patches: [
      {
        file: 'packages/testing/src/fakes/in-memory-run-store.ts',
        find: "found.run.state === 'closed' || found.run.generation !== key.generation",
        replace: "found.run.state === 'closed'",
      },
    ],
  },
  {
    number: 63,
    name: 'a cancel leaves out whom the backup told',
    patches: [
      {
        file: `${dispatch}/worker/seal-earlier.ts`,
        find: 'if (handedTo && backups.has(handedTo.endpointId))',
        replace: 'if (handedTo && backups.size < 0)',
      },
    ],
  },
];
