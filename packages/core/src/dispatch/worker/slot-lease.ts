import type { Budget, SlotRecord } from '../budget.ts';
import { slotShare } from '../budget-share.ts';
import { createHold, createLeaseWatch, type Elapsed, type LeaseWatch } from '../lease-time.ts';
import type { WorkerPorts } from './worker-ports.ts';

/** A slot belongs to its holder this long after its last renewal was issued. */
export const slotHoldMs = 6_000;
/** A slot seen unchanged this long may be taken. */
export const slotTakeMs = 7_500;
export const slotRenewMs = 3_000;
/** With every slot held by somebody alive, a worker that waited this long is not needed. */
const patienceMs = 5_000;
const retryMs = 500;
/** How often a worker that stands by for a leaving holder looks. */
const standByMs = 100;

/**
 * A share of the provider account's rate.
 *
 * Each holder notes its share on its slot before it uses it, then reads all slots strongly, and sends only once the shares
 * of all living holders fit into the rate of its budget. So a new sizing, whose holders come while those of the old one
 * still work, never makes both rates add up. Proof: of all who send at some moment, take the one whose reading came last.
 * Every other's share was noted before that one's own reading, hence before this one; it was counted, unless its holder
 * had been silent for the take time and therefore sent no more. So the sum of all shares is within one account's rate.
 * And nobody waits for ever: old holders read the budget every second and take their new share or give their slot back.
 */
export interface SlotLease {
  index: number;
  /** As it was when the slot was leased. */
  budget: Budget;
  /** False from the instant on which a renewal is refused or the hold has run out: no send may start. */
  isValid(): boolean;
  /** The share was seen to fit beside those of all other holders. */
  fits(): boolean;
  /** Takes the share that a new sizing gives to this slot, or gives the slot back where it has no such slot. */
  follow(budget: Budget): Promise<void>;
  /** Looks again whether the share fits. */
  checkShare(): Promise<void>;
  renew(isLeaving: boolean): Promise<void>;
  release(): Promise<void>;
}

type Ports = Pick<WorkerPorts, 'budgets' | 'channel' | 'clock'>;

/**
 * Leases a slot: a free one, or one whose holder fell silent. Undefined when all are held by live holders who stay.
 * @param preferred which of the free slots to try, so that workers woken together do not all try the same one.
 */
export async function acquireSlot(ports: Ports, owner: string, preferred: number): Promise<SlotLease | undefined> {
  const { budgets, channel, clock } = ports;
  const watch = createLeaseWatch(clock);
  const waiting = createHold(clock);
  for (;;) {
    const [budget, all] = await Promise.all([budgets.read(channel.name), budgets.listSlots(channel.name)]);
    if (!budget) return undefined;
    // What holders of an earlier, larger sizing left behind has no share of this one.
    const slots = all.filter(({ index }) => index < budget.slots);
    const silentMs = slots.map((slot) => silenceOf(slot, watch));
    const available = slots.filter((slot, at) => !slot.owner || (silentMs[at] ?? 0) >= slotTakeMs);
    const choice = available[preferred % Math.max(1, available.length)];
    if (choice) {
      const hold = createHold(clock);
      const mine = await budgets.acquire(channel.name, choice, owner, slotShare(budget, choice.index));
      const lease = mine && (await startLease(ports, budget, mine, hold));
      if (lease) return lease;
      continue;
    }
    const isAnyoneLeaving = slots.some(({ isLeaving }) => isLeaving);
    const isAnyoneSilent = silentMs.some((ms) => ms >= slotRenewMs + retryMs);
    if (waiting.elapsedMs() >= patienceMs && !isAnyoneSilent && !isAnyoneLeaving) return undefined;
    await clock.sleep(isAnyoneLeaving ? standByMs : retryMs);
  }
}

const silenceOf = ({ owner, index, version }: SlotRecord, watch: LeaseWatch): number =>
  owner ? watch.unchangedMs(String(index), String(version)) : 0;

/** Undefined when the budget has no such slot any more. @param seen the budget by a reading that may be a moment old. */
async function startLease(ports: Ports, seen: Budget, mine: SlotRecord, hold: Elapsed): Promise<SlotLease | undefined> {
  const lease = createSlotLease(ports, seen, mine, hold);
  const [budget] = await Promise.all([ports.budgets.read(ports.channel.name, true), lease.checkShare()]);
  if (!budget) return undefined;
  await lease.follow(budget);
  return lease.isValid() ? { ...lease, budget } : undefined;
}

function createSlotLease({ budgets, channel, clock }: Ports, first: Budget, acquired: SlotRecord, firstHold: Elapsed) {
  const { index } = acquired;
  const watch = createLeaseWatch(clock);
  let mine: SlotRecord | undefined = acquired;
  let hold = firstHold;
  let ratePerSecond = first.ratePerSecond;
  let slots = first.slots;
  let wantedShare = acquired.sharePerSecond;
  let isFitting = false;
  let writing: Promise<void> = Promise.resolve();

  /** One after the other: each write is fenced by the version that the one before left. */
  function inTurn(write: () => Promise<void>): Promise<void> {
    writing = writing.catch(() => undefined).then(write);
    return writing;
  }
  async function note(changes: Partial<Pick<SlotRecord, 'sharePerSecond' | 'isLeaving'>>): Promise<void> {
    if (!mine) return;
    const issued = createHold(clock);
    mine = await budgets.renew(channel.name, { ...mine, ...changes });
    hold = issued;
  }
  async function release(): Promise<void> {
    const last = mine;
    mine = undefined;
    if (last) await budgets.release(channel.name, last);
  }
  /** A holder of an earlier sizing that died left a slot that nobody needs; its share must not be counted for ever. */
  async function free(slot: SlotRecord): Promise<void> {
    const taken = await budgets.acquire(channel.name, slot, acquired.owner ?? '', 0);
    if (taken) await budgets.release(channel.name, taken);
  }
  async function checkShare(): Promise<void> {
    if (!mine || isFitting) return;
    const { sharePerSecond } = mine;
    const others = (await budgets.listSlots(channel.name, true)).filter((slot) => slot.owner && slot.index !== index);
    const isSilent = (slot: SlotRecord): boolean => silenceOf(slot, watch) >= slotTakeMs;
    const silent = new Set(others.filter(isSilent));
    const living = others.filter((slot) => !silent.has(slot));
    const sum = living.reduce((shares, slot) => shares + slot.sharePerSecond, sharePerSecond);
    // Meanwhile another share may have been asked for.
    isFitting = sum <= ratePerSecond && sharePerSecond === wantedShare;
    for (const slot of silent) if (slot.index >= slots) await free(slot);
  }

  const lease: SlotLease = {
    index,
    budget: first,
    isValid: () => mine !== undefined && hold.elapsedMs() < slotHoldMs,
    fits: () => isFitting,
    async follow(budget) {
      ({ ratePerSecond, slots } = budget);
      const sharePerSecond = slotShare(budget, index);
      if (sharePerSecond === wantedShare) return;
      // A smaller share fits where the larger one did.
      if (sharePerSecond > wantedShare) isFitting = false;
      wantedShare = sharePerSecond;
      await inTurn(() => (sharePerSecond === 0 ? release() : note({ sharePerSecond })));
      await checkShare();
    },
    checkShare,
    renew: (isLeaving) => inTurn(() => note({ isLeaving })),
    release: () => inTurn(release),
  };
  return lease;
}
