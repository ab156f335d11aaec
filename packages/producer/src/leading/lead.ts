import type { Bulletin, Clock, Logger } from '@quakewire/core';
import type { HeldLease } from './held-lease.ts';
import type { Inbox } from './inbox.ts';
import { messageOf, type Repeated, repeat } from './repeat.ts';

export interface LeadDeps {
  lease: Pick<HeldLease, 'step' | 'isHeld'>;
  inbox: Inbox;
  /** Takes a bulletin all the way; may be repeated. */
  receive(bulletin: Bulletin): Promise<unknown>;
  /** What only a leader does besides, each at its own rhythm. */
  duties: readonly Repeated[];
  clock: Clock;
  logger: Logger;
}

/** How often the lease is looked after. */
const leaseMs = 500;
/** A repeated dispatch wakes workers on the channels that did succeed: not more often than needed. */
const firstRetryMs = 1_000;
const longestRetryMs = 10_000;

/** Leads until aborted or until the lease is lost; resolves when everything that it began has ended. */
export async function lead(deps: LeadDeps, signal: AbortSignal): Promise<void> {
  const lost = new AbortController();
  const until = AbortSignal.any([signal, lost.signal]);
  const keepLease: Repeated = {
    name: 'lease',
    everyMs: leaseMs,
    // A store that does not answer is no loss until the hold is over.
    pass: () => deps.lease.step().finally(() => deps.lease.isHeld() || lost.abort()),
  };
  // Whoever stops taking bulletins stops leading, even if the lease is renewed a moment later: else nobody would take them.
  const receiving = receiveAll(deps, until).finally(() => lost.abort());
  await Promise.all([receiving, ...[keepLease, ...deps.duties].map((duty) => repeat(duty, deps, until))]);
}

/** One bulletin after the other, so that two of one earthquake never race; what failed comes back later. */
async function receiveAll({ lease, inbox, receive, clock, logger }: LeadDeps, signal: AbortSignal): Promise<void> {
  const failures = new WeakMap<Bulletin, number>();

  async function putBackLater(bulletin: Bulletin): Promise<void> {
    const failed = (failures.get(bulletin) ?? 0) + 1;
    failures.set(bulletin, failed);
    const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (failed - 1));
    await clock.sleep(waitMs, signal).catch(() => undefined);
    inbox.put(bulletin);
  }

  while (!signal.aborted) {
    const bulletin = await inbox.take(signal).catch(() => undefined);
    if (!bulletin) return;
    if (!lease.isHeld()) return inbox.put(bulletin);
    try {
      await receive(bulletin);
    } catch (error) {
      logger.error(
        { source: bulletin.source, bulletin: bulletin.id, error: messageOf(error) },
        'bulletin not taken yet',
      );
      void putBackLater(bulletin);
    }
  }
}
