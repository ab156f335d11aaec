import type { Outcome, PageRecord } from '@quakewire/core';

/**
 * What is wrong with a change of a page item, if anything; begins with the name of the invariant.
 * @param unchangedMs how long the item stood as it was before.
 * @param takeMs how long a page of its run must have stood so before it is taken over.
 */
export function brokenTransition(
  before: PageRecord | undefined,
  after: PageRecord | undefined,
  unchangedMs: number,
  takeMs: number,
): string | undefined {
  if (!before) return after && brokenBirth(after);
  if (!after) return before.state === 'inFlight' && before.epoch === 1 ? undefined : `I5 ${before.state} is deleted`;
  if (after.epoch < before.epoch || after.epoch > before.epoch + 1) return 'I5 the epoch jumps';
  if (before.entries.length !== after.entries.length) return 'I12 rows come or go';
  switch (before.state) {
    case 'void':
      return 'I5 a void page changes';
    case 'settled':
      return brokenTruth(before, after);
    case 'handedBack':
      return after.state === 'inFlight' || after.state === 'settled' ? undefined : `I5 handed back to ${after.state}`;
    case 'queued':
      return after.state === 'inFlight' || after.state === 'settled' ? undefined : `I5 queued to ${after.state}`;
    case 'inFlight':
      return brokenHold(before, after, unchangedMs, takeMs);
  }
}

const brokenBirth = (after: PageRecord): string | undefined =>
  after.state === 'handedBack' ? 'I5 a page begins as handed back' : undefined;

/** By a receipt, or by the replay of a dead letter; what a receipt refuted was accepted, so it has the provider's id. */
const amendments: readonly (readonly [Outcome, Outcome])[] = [
  ['accepted', 'delivered'],
  ['accepted', 'rejected'],
  ['accepted', 'handedToBackup'],
  ['rejected', 'delivered'],
  ['unknown', 'delivered'],
  ['exhausted', 'replayed'],
];

/** By a holder whose page was taken over meanwhile. */
const lateTruths: typeof amendments = [
  ['unknown', 'accepted'],
  ['unknown', 'rejected'],
];

/** What is final stays, but for receipts and replays; only an unknown fate may become known, and never after a re-send. */
function brokenTruth(before: PageRecord, after: PageRecord): string | undefined {
  if (after.state !== 'settled') return `I5 settled to ${after.state}`;
  const changes = after.entries.flatMap(({ outcome }, at): [Outcome, Outcome][] => {
    const old = before.entries[at]?.outcome ?? 'open';
    return outcome === old ? [] : [[old, outcome]];
  });
  const isIn = (list: typeof amendments) => (change: readonly Outcome[]) =>
    list.some((pair) => pair.join() === change.join());
  if (!changes.every(isIn([...amendments, ...lateTruths]))) return 'I5 a settled outcome changes';
  if (before.resent && changes.some(isIn(lateTruths))) return 'I5 late truth after a re-send';
  return after.version > before.version || changes.length === 0 ? undefined : 'I5 the version stands still';
}

function brokenHold(before: PageRecord, after: PageRecord, unchangedMs: number, takeMs: number): string | undefined {
  if (after.state === 'void' || after.state === 'queued') return `I5 in flight to ${after.state}`;
  if (after.epoch === before.epoch)
    return after.owner === before.owner ? undefined : 'I6 another writes within an epoch';
  if (before.resent && after.state === 'inFlight') return 'I3 re-sent a second time';
  if (after.owner === before.owner) return 'I6 the epoch grows, the owner stays';
  return unchangedMs >= takeMs ? undefined : `I6 taken over after ${Math.round(unchangedMs)} ms`;
}
