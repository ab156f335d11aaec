import type { Budget, SlotRecord } from '../budget.ts';
import { createHold, createLeaseWatch, type Elapsed } from '../lease-time.ts';
import type { WorkerPorts } from './worker-ports.ts';

/** A slot belongs to its holder this long after its last renewal was issued. */
export const slotHoldMs = 6_000;
/** A slot seen unchanged this long may be taken. */
export const slotTakeMs = 7_500;
export const slotRenewMs = 3_000;
/** With every slot held by somebody alive, a worker that waited this long is not needed. */
const patienceMs = 5_000;
const retryMs = 500;

/** A share of the provider account's rate. */
export interface SlotLease {
  index: number;
  budget: Budget;
  /** False from the instant on which a renewal is refused or the hold has run out: no send may start. */
  isValid(): boolean;
  renew(): Promise<void>;
  release(): Promise<void>;
}

type Ports = Pick<WorkerPorts, 'budgets' | 'channel' | 'clock'>;

/**
 * Leases a slot: a free one, or one whose holder fell silent. Undefined when all are held by live holders.
 * @param preferred which of the free slots to try first, so that workers woken together do not all try the same one.
 */
export async function acquireSlot(ports: Ports, owner: string, preferred: number): Promise<SlotLease | undefined> {
  const { budgets, channel, clock } = ports;
  const watch = createLeaseWatch(clock);
  const waiting = createHold(clock);
  for (let attempt = 0; ; attempt++) {
    const [budget, slots] = await Promise.all([budgets.read(channel.name), budgets.listSlots(channel.name)]);
    if (!budget) return undefined;
    const silentMs = slots.map((slot) =>
      slot.owner ? watch.unchangedMs(String(slot.index), String(slot.version)) : 0,
    );
    const available = slots.filter((slot, at) => !slot.owner || (silentMs[at] ?? 0) >= slotTakeMs);
    const choice = available[attempt === 0 ? preferred % Math.max(1, available.length) : 0];
    if (choice) {
      const hold = createHold(clock);
      const mine = await budgets.acquire(channel.name, choice, owner);
      if (mine) return createSlotLease(ports, budget, mine, hold);
      continue;
    }
    const isAnyoneSilent = silentMs.some((ms) => ms >= slotRenewMs + retryMs);
    if (waiting.elapsedMs() >= patienceMs && !isAnyoneSilent) return undefined;
    await clock.sleep(retryMs);
  }
}

function createSlotLease(
  { budgets, channel, clock }: Ports,
  budget: Budget,
  first: SlotRecord,
  firstHold: Elapsed,
): SlotLease {
  let mine: SlotRecord | undefined = first;
  let hold = firstHold;
  return {
    index: first.index,
    budget,
    isValid: () => mine !== undefined && hold.elapsedMs() < slotHoldMs,
    async renew() {
      if (!mine) return;
      const issued = createHold(clock);
      mine = await budgets.renew(channel.name, mine);
      hold = issued;
    },
    async release() {
      if (mine) await budgets.release(channel.name, mine);
      mine = undefined;
    },
  };
}
