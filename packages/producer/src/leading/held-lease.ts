import {
  type Clock,
  createHold,
  createLeaseWatch,
  type Elapsed,
  type LeaderLease,
  type LeaseRecord,
} from '@quakewire/core';

/** The holder stops acting this long after it issued its last renewal. */
export const holdMs = 6_000;
/** A lease that was seen unchanged this long belongs to nobody any more. Longer than the hold by more than clocks drift. */
export const takeMs = 7_500;

/** Renewed no more often than this: each is a paid write. */
const renewMs = 2_000;

/** One invocation's side of a lease. */
export interface HeldLease {
  /**
   * Renews the lease where it is mine (when that is due), takes it where it is free or silent; whether it is held now.
   * Meant to be called every half second.
   */
  step(): Promise<boolean>;
  /** Only looks, so that a silent holder's time counts from now on. */
  look(): Promise<void>;
  /** Mine, and renewed recently enough to act on it. */
  isHeld(): boolean;
  /** Gives it up at once: the next in line need not wait. */
  release(): Promise<void>;
}

/** @param owner a name that no other invocation has. */
export function createHeldLease(lease: LeaderLease, owner: string, clock: Clock): HeldLease {
  const watch = createLeaseWatch(clock);
  let mine: LeaseRecord | undefined;
  let hold: Elapsed | undefined;

  async function renew(held: LeaseRecord): Promise<void> {
    const issued = createHold(clock);
    mine = await lease.renew(held);
    hold = issued;
  }

  /** How long this holder has said nothing, as far as was seen. */
  const silentMs = (seen: LeaseRecord): number => watch.unchangedMs('lease', JSON.stringify(seen));

  async function takeIfFree(): Promise<void> {
    const issued = createHold(clock);
    const seen = await lease.read();
    if (seen?.owner === owner) {
      // An earlier answer was lost: it was taken after all.
      mine = seen;
      hold = issued;
      return;
    }
    const isSilent = seen?.owner !== undefined && silentMs(seen) >= takeMs;
    if (seen?.owner !== undefined && !isSilent) return;
    const taking = createHold(clock);
    mine = await lease.take(seen, owner);
    hold = taking;
  }

  const isHeld = (): boolean => mine !== undefined && (hold?.elapsedMs() ?? holdMs) < holdMs;

  return {
    async step() {
      if (!mine) await takeIfFree();
      else if ((hold?.elapsedMs() ?? renewMs) >= renewMs) await renew(mine);
      return isHeld();
    },
    async look() {
      const seen = await lease.read();
      if (seen) silentMs(seen);
    },
    isHeld,
    async release() {
      const held = mine;
      mine = undefined;
      if (held) await lease.release(held);
    },
  };
}
