import type { Budget } from './budget.ts';

/**
 * Slots of an account: one for each 100 messages a second, 1 to 100, but no more than workers can run at once (one a
 * partition): a slot that nobody takes is rate that nobody uses.
 */
export const slotCount = (ratePerSecond: number, workers = Number.POSITIVE_INFINITY): number =>
  Math.min(100, Math.max(1, Math.min(Math.floor(ratePerSecond / 100), workers)));

/** A slot's rate aims a little below its share, so that late timers never sum up to more than the account allows. */
const aim = 0.97;

/** What the holder of one slot may send, messages a second. */
export const slotRate = (budget: Pick<Budget, 'effectiveRatePerSecond' | 'slots'>): number =>
  (aim * budget.effectiveRatePerSecond) / budget.slots;

/** The most that the holder of one slot may ever send under this sizing; nothing where it has no such slot. */
export const slotShare = ({ ratePerSecond, slots }: Pick<Budget, 'ratePerSecond' | 'slots'>, index = 0): number =>
  index < slots ? slotRate({ effectiveRatePerSecond: ratePerSecond, slots }) : 0;

/** How late a turn may be used and still be caught up, in milliseconds. */
export const catchUpCreditMs = (ratePerSecond: number): number => (ratePerSecond < 100 ? 5 : 25);

/**
 * How much later than slot 0 a slot begins to send, in milliseconds: slots taken at the same moment begin one after the
 * other, because theirs are farther and farther segments. All within the 300 ms in which a page may wait for its first send.
 */
export const slotDelayMs = (slot: number, slots: number): number => slot * Math.min(25, 100 / Math.max(1, slots - 1));

/** Endpoints that a page is aimed at: what one slot sends in two seconds, 1 to 100. */
export const pageSize = (ratePerSecond: number): number => {
  const slots = slotCount(ratePerSecond);
  return Math.min(100, Math.max(1, Math.floor(2 * slotRate({ effectiveRatePerSecond: ratePerSecond, slots }))));
};
