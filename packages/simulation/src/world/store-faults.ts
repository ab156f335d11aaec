import { type EndpointDirectory, type Ledger, LedgerUnreachable, type PageKey } from '@quakewire/core';
import type { SeededRandom } from '@quakewire/testing';
import { type Ambiguity, type Fault, faultsOf } from '../faults.ts';
import type { Scheduler } from '../scheduler.ts';
import type { People } from './people.ts';
import type { Interposer } from './simulated-process.ts';
import { createReplica } from './stores.ts';

export interface StoreFaultsOptions {
  scheduler: Scheduler;
  random: SeededRandom;
  faults: readonly Fault[];
  ledger: Ledger;
  readRangeAsOf: People['readRangeAsOf'];
  /** Told of an answer after which a process cannot know what it holds. */
  onAmbiguity(): void;
}

/** A write of a page item names its page in its first argument; every write of the ledger answers what it found. */
const ledgerWrite = /^ledger\.(?!read)/;
const readsOnly = /\.(read|list|currentVersion)/;
/** So long the adapters try before they give up: a write with its retries, then the one strong read. */
const writeTimeoutMs = 1_000;
const readTimeoutMs = 500;

const keyOf = (args: readonly unknown[]): PageKey => {
  const [first] = args as [PageKey | { key: PageKey }];
  return 'key' in first ? first.key : first;
};

/** What the stores do to the calls that faults name; all other calls reach them as they are. */
export function createStoreFaults(options: StoreFaultsOptions): Interposer {
  const { scheduler, random, faults, ledger } = options;
  const conflicts = new Map(faultsOf(faults, 'conflicts').map((fault) => [`${fault.method}/${fault.nth}`, fault.byMs]));
  const ambiguous = new Map(faultsOf(faults, 'ambiguous').map((fault) => [`${fault.method}/${fault.nth}`, fault.as]));
  const throttles = faultsOf(faults, 'throttles');
  const [stale] = faultsOf(faults, 'stale');
  const replica = stale && createReplica();
  const calls = new Map<string, number>();
  const wait = (ms: number): Promise<void> => new Promise((resolve) => void scheduler.after(ms, resolve));

  const isThrottled = (): boolean =>
    throttles.some(({ fromMs, forMs, share }) => {
      const nowMs = scheduler.nowMs();
      return nowMs >= fromMs && nowMs < fromMs + forMs && random.chance(share);
    });

  /** Not applied, and the store says so: the ledger looks what stands there, the other stores tell. */
  async function refuse(method: string, args: readonly unknown[]): Promise<unknown> {
    await wait(writeTimeoutMs * random.next());
    if (!ledgerWrite.test(method)) throw new Error(`${method} was throttled`);
    if (isThrottled()) return unreachable(method);
    return { applied: false, found: await ledger.read(keyOf(args)) };
  }
  async function unreachable(method: string): Promise<never> {
    options.onAmbiguity();
    await wait(readTimeoutMs);
    const message = `${method} was not answered`;
    throw ledgerWrite.test(method) ? new LedgerUnreachable(message) : new Error(message);
  }

  async function blur(as: Ambiguity, method: string, args: readonly unknown[], apply: () => Promise<unknown>) {
    if (readsOnly.test(method)) return as === 'answerLost' ? apply() : unreachable(method);
    switch (as) {
      case 'answerLost':
        await apply();
        await wait(200 * random.next());
        return apply();
      case 'appliedUnreachable':
        await apply();
        return unreachable(method);
      case 'unreachable':
        return unreachable(method);
      case 'appliedLate': {
        options.onAmbiguity();
        scheduler.after(writeTimeoutMs + readTimeoutMs + 2_000 * random.next(), () => void apply().catch(() => {}));
        await wait(writeTimeoutMs);
        if (!ledgerWrite.test(method)) throw new Error(`${method} was not answered`);
        return { applied: false, found: await ledger.read(keyOf(args)) };
      }
    }
  }

  function interposed(method: string, args: readonly unknown[], apply: () => Promise<unknown>): Promise<unknown> {
    const nth = (calls.get(method) ?? 0) + 1;
    calls.set(method, nth);
    if (isThrottled()) return refuse(method, args);
    const call = `${method}/${nth}`;
    const late = conflicts.get(call);
    return late === undefined
      ? answer(call, method, args, apply)
      : wait(late).then(() => answer(call, method, args, apply));
  }
  function answer(
    call: string,
    method: string,
    args: readonly unknown[],
    apply: () => Promise<unknown>,
  ): Promise<unknown> {
    const noted = (): Promise<unknown> => {
      replica?.note(method, args, scheduler.nowMs());
      return apply();
    };
    const as = ambiguous.get(call);
    if (as) return blur(as, method, args, noted);
    if (stale && replica && random.chance(stale.share)) {
      const asOfMs = scheduler.nowMs() - stale.byMs * random.next();
      if (method === 'endpoints.readRange')
        return Promise.resolve(options.readRangeAsOf(asOfMs, ...(args as Parameters<EndpointDirectory['readRange']>)));
      if (replica.isEventual(method, args)) return replica.readAsOf(asOfMs, method, args);
    }
    return noted();
  }

  const isCalm = conflicts.size + ambiguous.size + throttles.length === 0 && !stale;
  return isCalm ? (_method, _args, apply) => apply() : interposed;
}
