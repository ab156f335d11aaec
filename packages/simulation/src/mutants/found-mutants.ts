import type { Mutant } from './mutant.ts';

const worker = 'packages/core/src/dispatch/worker';

/** Bugs that the simulation found, put back: it must go on finding them. */
export const foundMutants: readonly Mutant[] = [
  {
    number: 40,
    name: 'a re-send tells whoever opted out meanwhile',
    patches: [
      {
        file: `${worker}/claim-page.ts`,
        find: "withoutTheGone(resendEntries(seen.entries), rows, 'unknown')",
        replace: 'resendEntries(seen.entries)',
      },
    ],
  },
  {
    number: 41,
    name: 'outcomes are given up while the store is busy',
    patches: [
      {
        file: `${worker}/settle-page.ts`,
        find: 'held.hold.elapsedMs() < held.view.run.durations.takeMs;',
        replace: 'held.hold.elapsedMs() < 0;',
      },
    ],
  },
  {
    number: 42,
    name: 'a fifth page in hand',
    patches: [
      {
        file: `${worker}/work.ts`,
        find: 'while (heldPages.size >= maximumPagesInFlight)',
        replace: 'while (inFlight.size >= maximumPagesInFlight)',
      },
    ],
  },
  {
    number: 43,
    name: 'a held page is lost with its mark on the board',
    patches: [
      {
        file: `${worker}/find-page.ts`,
        find: 'await walk.got(candidate).catch(notMarked);',
        replace: 'await walk.got(candidate);',
      },
    ],
  },
  {
    number: 44,
    name: 'a hold that has run out is renewed',
    patches: [{ file: `${worker}/send-page.ts`, find: '  if (elapsedMs >= boundMs) return false;\n', replace: '' }],
  },
  {
    number: 45,
    name: 'a leader whose hold ran out stays and takes no bulletins',
    patches: [
      {
        file: 'packages/producer/src/leading/lead.ts',
        find: 'receiveAll(deps, until).finally(() => lost.abort());',
        replace: 'receiveAll(deps, until);',
      },
    ],
  },
  {
    number: 46,
    name: 'rows grow old between their reading and the claim',
    patches: [
      {
        file: `${worker}/claim-page.ts`,
        find: 'return heldPage(view, rank, { key, epoch: 1, owner }, hold, entries',
        replace: 'return heldPage(view, rank, { key, epoch: 1, owner }, claiming, entries',
      },
      {
        file: `${worker}/claim-page.ts`,
        find: '  const isAnyoneOpen =',
        replace: '  const claiming = createHold(clock);\n  const isAnyoneOpen =',
      },
    ],
  },
];
