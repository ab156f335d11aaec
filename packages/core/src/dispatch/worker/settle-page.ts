import type { UndeliveredLetter } from '../dead-letter.ts';
import type { Entry, PageRecord, Written } from '../ledger.ts';
import { expiredEntries, handedBackEntries } from '../page-entries.ts';
import { pageName } from '../page-name.ts';
import { stateAfterSettle } from '../page-state.ts';
import { countPage } from '../run-counts.ts';
import type { HeldPage } from './claim-page.ts';
import { markSegmentIfDone } from './mark-segment.ts';
import { queueBackups } from './queue-backups.ts';
import { type Sending, waitUntil } from './sending.ts';
import { withBackups } from './with-backups.ts';
import type { Worker } from './worker.ts';

/** Between two attempts to write what became of a page. */
const rewriteMs = 200;
/** Between two attempts to keep a dead letter, and for how long it is tried. */
const rewriteLetterMs = 1_000;
const keepLetterMs = 10_000;

/**
 * Records what became of a page, once all its calls have ended.
 * @param isLastHere this worker holds no other page of the segment.
 */
export async function settlePage(worker: Worker, sent: Sending, isLastHere: () => boolean): Promise<void> {
  const { held, attempts, stopped } = sent;
  const isUntouched = attempts.every((number) => number === 0);
  if (stopped && stopped !== 'expired' && isUntouched && held.isFirstClaim) {
    await whileHeld(worker, held, () => worker.ports.ledger.giveBack(held.holding));
    return;
  }
  const last = await withBackups(worker, held, attempts, entriesLeft(sent));
  const entries = await withDeadLetters(worker, sent, last);
  const settled = await whileHeld(worker, held, () => worker.ports.ledger.settle(held.holding, entries));
  if (!settled.applied) {
    await addLateTruth(worker, held, entries, settled.found);
    return;
  }
  await queueBackups(worker, held.holding.key, entries);
  if (stateAfterSettle(entries) !== 'settled') return;
  const counts = countPage({ key: held.holding.key, state: 'settled', entries });
  worker.progress.add(held.view.key, counts);
  if (held.rank === undefined) return;
  await held.view.pageFinal(held.rank, held.page, counts);
  if (isLastHere()) await markSegmentIfDone(worker, held.view, held.rank);
}

/**
 * Writes again where a busy store refused or gave no answer and the page is still this worker's, until it would be taken
 * over: what is known of a page must not become unknown because of a busy second. Every attempt is fenced.
 */
async function whileHeld(worker: Worker, held: HeldPage, write: () => Promise<Written>): Promise<Written> {
  const { clock } = worker.ports;
  const mayAgain = (): boolean => held.hold.elapsedMs() < held.view.run.durations.takeMs;
  for (;;) {
    const written = await write().catch((error: unknown) => {
      if (!mayAgain()) throw error;
      return undefined;
    });
    if (written && (written.applied || !isHeldBy(held, written.found) || !mayAgain())) return written;
    await clock.sleep(rewriteMs);
  }
}

const isHeldBy = ({ holding }: HeldPage, found: PageRecord | undefined): boolean =>
  found?.state === 'inFlight' && found.owner === holding.owner && found.epoch === holding.epoch;

const entriesLeft = ({ held, entries, stopped }: Sending): Entry[] =>
  stopped === 'expired' && !held.resend ? expiredEntries(entries) : handedBackEntries(entries, held.resend);

/**
 * Keeps a dead letter of everybody whom every attempt failed, before the page says so. Where it cannot be kept, nothing is
 * lost either: those endpoints were definitely not told, so they are handed back to be tried again.
 */
async function withDeadLetters(worker: Worker, sent: Sending, entries: readonly Entry[]): Promise<readonly Entry[]> {
  const { attempts, held } = sent;
  const { holding } = held;
  const mine = [...attempts.keys()].filter((slot) => attempts[slot] && entries[slot]?.outcome === 'exhausted');
  if (mine.length === 0) return entries;
  const letter: UndeliveredLetter = {
    ...{ schema: 1, type: 'undelivered', id: `${pageName(holding.key)}/${holding.epoch}` },
    ...holding.key,
    endpoints: mine.map((slot) => ({
      slot,
      endpointId: entries[slot]?.endpointId ?? '',
      reason: entries[slot]?.reason ?? '',
      attempts: attempts[slot] ?? 0,
    })),
  };
  if (await keepLetter(worker, sent, letter)) return entries;
  worker.ports.log.error({ page: letter.id, endpoints: mine.length }, 'dead letter not kept: endpoints handed back');
  const again = new Set(mine);
  return entries.map((entry, slot) =>
    again.has(slot) ? { endpointId: entry.endpointId, outcome: 'notTried' } : entry,
  );
}

/**
 * Tries again for some time while the page is held: whoever is handed back is sent to again, and a queue that is down must
 * not make that go round without a pause. @returns whether the letter is kept.
 */
async function keepLetter(worker: Worker, sent: Sending, letter: UndeliveredLetter): Promise<boolean> {
  const { clock, deadLetters } = worker.ports;
  const giveUpAtMs = clock.monotonicMs() + keepLetterMs;
  for (;;) {
    const isKept = await deadLetters.send(letter).then(
      () => true,
      () => false,
    );
    if (isKept || sent.stopped || clock.monotonicMs() >= giveUpAtMs) return isKept;
    await waitUntil(worker, sent, clock.monotonicMs() + rewriteLetterMs);
  }
}

/** The page was taken over as unknown meanwhile: adds what is known for certain, unless a re-send blurred that. */
async function addLateTruth(
  worker: Worker,
  held: HeldPage,
  entries: readonly Entry[],
  found: PageRecord | undefined,
): Promise<void> {
  const known = entries.filter(({ outcome }) => outcome === 'accepted' || outcome === 'rejected');
  const isNext = found?.state === 'settled' && found.epoch === held.holding.epoch + 1;
  worker.ports.log.warn({ ...held.holding.key, known: known.length }, 'page was taken over before it was settled');
  if (found && isNext && !found.resent && !held.resend && known.length > 0) {
    await worker.ports.ledger.addLateTruth(found, known);
  }
}
