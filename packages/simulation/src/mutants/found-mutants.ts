import type { Mutant } from './mutant.ts';

const worker = 'packages/core/src/dispatch/worker';

/** Bugs that the simulation found, put back: it must go on finding them. */
export const foundMutants: readonly Mutant[] = [
  {
    number: 40,
    name: 'whoever opted out after the claim is told at a later attempt',
    patches: [
      {
        file: 'packages/core/src/dispatch/opening-entries.ts',
        find: "return row.endpoint.optedOut ? { outcome: 'optedOut' } : { endpoint: row.endpoint };",
        replace: 'return { endpoint: row.endpoint };',
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
        find: 'const maximumPagesInFlight = 4;',
        replace: 'const maximumPagesInFlight = 5;',
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
    name: 'rows are not read again however long a page takes',
    patches: [
      {
        file: `${worker}/keep-hold.ts`,
        find: 'if (held.rows.age.elapsedMs() < freshMs) return true;',
        replace: 'if (held.rows.age.elapsedMs() < Number.POSITIVE_INFINITY) return true;',
      },
      {
        file: `${worker}/keep-hold.ts`,
        find: "if (rows.age.elapsedMs() >= oldestMs) return 'holdLost';",
        replace: 'rows.age.elapsedMs();',
      },
    ],
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
    patches: [{ file: `${worker}/page-rows.ts`, find: ', age };', replace: ', age: createHold(clock) };' }],
  },
  {
    number: 47,
    name: 'lesser work goes on with its attempts beside a more urgent run',
    patches: [
      {
        file: `${worker}/sending.ts`,
        find: "if (newer.length > 0) sending.stopped ??= 'outranked';",
        replace: 'newer.length;',
      },
    ],
  },
  {
    number: 48,
    name: 'somebody is final as exhausted before the dead letter is kept',
    patches: [
      {
        file: `${worker}/send-page.ts`,
        find: 'const known = markedEntries(sending.entries, sending.attempts);',
        replace: 'const known = sending.entries;',
      },
    ],
  },
];
