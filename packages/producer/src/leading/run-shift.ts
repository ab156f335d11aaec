import { type Clock, createHold, type Elapsed, type Logger } from '@quakewire/core';
import { type HeldLease, takeMs } from './held-lease.ts';
import { messageOf } from './repeat.ts';

export interface ShiftDeps {
  /** Whoever holds it acts. */
  leader: HeldLease;
  /** Whoever holds it is next: there is always one, so that nobody else needs to stay. */
  standby: HeldLease;
  /** Listens to the sources until aborted; `warm` resolves when they have answered, or after a bounded while. */
  listen(signal: AbortSignal): { warm: Promise<void>; ended: Promise<void> };
  /** Reads ahead what the first alert will need, and with it makes the connections. */
  prepare(): Promise<void>;
  /** Leads until aborted or until the lease is lost. */
  lead(signal: AbortSignal): Promise<void>;
  clock: Clock;
  logger: Logger;
}

export type ShiftEnd = 'notNeeded' | 'ended';

const pollMs = 500;
/** A newcomer that has not become the standby by then is not needed: whoever is has shown that it lives. */
const lookMs = takeMs + 1_500;

/**
 * One invocation: becomes the standby if there is none (else it is not needed), then the leader when that place is free,
 * and hands over at the end. A standby near its end makes room for a younger one, but takes over if that is needed first.
 * @param shiftMs how long it lasts from now.
 */
export async function runShift(shiftMs: number, deps: ShiftDeps): Promise<ShiftEnd> {
  const since = createHold(deps.clock);
  if (!(await becomeStandby(deps, since, Math.min(lookMs, shiftMs)))) return 'notNeeded';
  const ending = new AbortController();
  const sources = deps.listen(ending.signal);
  const end = deps.clock.sleep(Math.max(0, shiftMs - since.elapsedMs()), ending.signal).then(
    () => ending.abort(),
    () => undefined,
  );
  try {
    await warmUp(deps, Promise.all([sources.warm, prepared(deps)]));
    deps.logger.info({}, 'standing by');
    while (!ending.signal.aborted) {
      await becomeLeader(deps, () => shiftMs - since.elapsedMs(), makeRoomMs(shiftMs), ending.signal);
      if (!deps.leader.isHeld()) continue;
      deps.logger.info({}, 'leading');
      await deps.lead(ending.signal);
    }
  } finally {
    ending.abort();
    // The next in line acts as soon as the lease is free: nothing of this shift may act after that.
    await Promise.all([release(deps.leader, deps.logger), release(deps.standby, deps.logger)]);
    await Promise.allSettled([end, sources.ended]);
  }
  deps.logger.info({}, 'shift ended');
  return 'ended';
}

async function becomeStandby(deps: ShiftDeps, since: Elapsed, forMs: number): Promise<boolean> {
  while (!(await step(deps.standby, deps.logger))) {
    if (since.elapsedMs() >= forMs) return false;
    await deps.clock.sleep(pollMs);
  }
  return true;
}

/** While sources connect, the leader is watched already: should it have died, its silence counts from the first look. */
async function warmUp({ leader, standby, clock, logger }: ShiftDeps, warm: Promise<unknown>): Promise<void> {
  const isWarm = new AbortController();
  void warm.finally(() => isWarm.abort());
  while (!isWarm.signal.aborted) {
    await leader.look().catch((error: unknown) => logger.warn({ error: messageOf(error) }, 'lease not reached'));
    await step(standby, logger);
    await clock.sleep(pollMs, isWarm.signal).catch(() => undefined);
  }
}

/** Watches the leader's lease until it is mine; keeps the standby's meanwhile, but not to the end. */
async function becomeLeader(
  { leader, standby, clock, logger }: ShiftDeps,
  remainingMs: () => number,
  roomMs: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted && !(await step(leader, logger))) {
    if (remainingMs() > roomMs) await step(standby, logger);
    else await release(standby, logger);
    await clock.sleep(pollMs, signal).catch(() => undefined);
  }
  await release(standby, logger);
}

/** Starts come up to two minutes apart, look for a while and warm up: 180 s of a full shift. */
const makeRoomMs = (shiftMs: number): number => Math.min(180_000, shiftMs / 4);

/** A store that does not answer is no reason to end: whoever holds the lease is judged by the hold's time. */
async function step(lease: HeldLease, logger: Logger): Promise<boolean> {
  try {
    return await lease.step();
  } catch (error) {
    logger.warn({ error: messageOf(error) }, 'lease not reached');
    return lease.isHeld();
  }
}

const release = (lease: HeldLease, logger: Logger): Promise<void> =>
  lease.release().catch((error: unknown) => logger.warn({ error: messageOf(error) }, 'lease not released'));

/** What cannot be read now is read by the leader's passes. */
const prepared = ({ prepare, logger }: ShiftDeps): Promise<void> =>
  prepare().catch((error: unknown) => logger.warn({ error: messageOf(error) }, 'not prepared yet'));
