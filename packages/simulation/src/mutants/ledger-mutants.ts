import type { Mutant } from './mutant.ts';

const fakeLedger = 'packages/testing/src/fakes/in-memory-ledger.ts';
const worker = 'packages/core/src/dispatch/worker';

/** What the page item's conditions and outcomes are for. */
export const ledgerMutants: readonly Mutant[] = [
  {
    number: 1,
    name: 'claim although there is an item',
    patches: [
      {
        file: fakeLedger,
        find: "claim: (key, owner, entries) => put({ ...newPage(key, entries), state: 'inFlight', epoch: 1, owner }),",
        replace:
          "claim: (key, owner, entries) => write(key, () => ({ ...newPage(key, entries), state: 'inFlight', epoch: 1, owner }), () => true),",
      },
    ],
  },
  {
    number: 2,
    name: 'settle whatever the epoch',
    patches: [
      {
        file: fakeLedger,
        find: "page.epoch === holding.epoch && page.owner === holding.owner && page.state === 'inFlight';",
        replace: 'holding.epoch > 0 && page.epoch > 0;',
      },
    ],
  },
  {
    number: 8,
    name: 'send before the claim is answered',
    patches: [
      {
        file: `${worker}/claim-page.ts`,
        find: '? await ledger.claim(key, owner, entries)',
        replace:
          '? (ledger.claim(key, owner, entries).catch(() => undefined), { applied: true as const, found: undefined })',
      },
    ],
  },
  {
    number: 9,
    name: 'settle before the send',
    patches: [
      {
        file: `${worker}/send-page.ts`,
        find: '  const sending = await startSending(worker, held);',
        replace: `  const sending = await startSending(worker, held);
  await worker.ports.ledger.settle(
    held.holding,
    held.entries.map((entry) => (entry.outcome === 'open' ? { ...entry, outcome: 'accepted' } : entry)),
  );`,
      },
    ],
  },
  {
    number: 10,
    name: 'pages taken over count as not sent',
    patches: [
      {
        file: 'packages/core/src/dispatch/page-entries.ts',
        find: "replaceOutcomes(entries, ['open', 'retrying', 'notTried'], 'unknown');",
        replace: "replaceOutcomes(entries, ['open', 'retrying', 'notTried'], 'expired');",
      },
    ],
  },
  {
    number: 11,
    name: 're-send without limit',
    patches: [
      { file: `${worker}/observe-run.ts`, find: '&& !seen.resent && isUseful', replace: '&& isUseful' },
      {
        file: fakeLedger,
        find: '(page.resent ? undefined : { ...page, beat: 0, resent: true })',
        replace: '({ ...page, beat: 0, resent: true })',
      },
    ],
  },
  {
    number: 12,
    name: 'rejected after a re-send counts as failed',
    patches: [
      {
        file: 'packages/core/src/dispatch/attempt-fate.ts',
        find: "resend ? 'unknown' : lastOutcome",
        replace: "resend && delivery.outcome !== 'rejected' ? 'unknown' : lastOutcome",
      },
    ],
  },
  {
    number: 17,
    name: "the owner is the worker's name",
    patches: [
      {
        file: `${worker}/worker.ts`,
        find: '++claims}',
        replace: 'claims}',
      },
    ],
  },
  {
    number: 20,
    name: 'my own earlier write taken for a lost claim',
    patches: [
      {
        file: fakeLedger,
        find: 'return next || isApplied(found) ? { applied: true }',
        replace: 'return next || !isApplied ? { applied: true }',
      },
    ],
  },
  {
    number: 21,
    name: 'an unanswered call is made again',
    patches: [
      {
        file: 'packages/core/src/dispatch/attempt-fate.ts',
        find: "if (delivery.outcome !== 'transient' && delivery.outcome !== 'throttled') return undefined;",
        replace: "if (!['transient', 'throttled', 'ambiguous'].includes(delivery.outcome)) return undefined;",
      },
    ],
  },
  {
    number: 36,
    name: 'dead letter only after the page is settled',
    patches: [
      {
        file: `${worker}/settle-page.ts`,
        find: 'const entries = await withDeadLetters(worker, sent, last);',
        replace: 'const entries = last;',
      },
      {
        file: `${worker}/settle-page.ts`,
        find: "  if (stateAfterSettle(entries) !== 'settled') return;",
        replace: `  await withDeadLetters(worker, sent, entries);
  if (stateAfterSettle(entries) !== 'settled') return;`,
      },
    ],
  },
  {
    number: 39,
    name: 'late truth after a re-send',
    patches: [
      { file: `${worker}/settle-page.ts`, find: '!found.resent && !held.resend && ', replace: '' },
      { file: fakeLedger, find: 'found.epoch === seen.epoch && !found.resent', replace: 'found.epoch === seen.epoch' },
    ],
  },
];
