import type { World } from '../world/world.ts';

const windowMs = 1_000;
/** Within this time after a new sizing every worker that may send has seen it. */
const followMs = 5_000;

/**
 * I10: in no second do more requests reach the provider than its rate allows, give or take one or 5 %. A rate that a new
 * sizing has replaced counts a moment longer; the old and the new one never add up.
 */
export function brokenBudget({ witness }: World): string[] {
  return [...witness.requests].flatMap(([channel, times]) => {
    const rates = witness.accounts.rates.get(channel) ?? [];
    const rateIn = (fromMs: number, toMs: number): number => {
      const inForce = rates.filter((rate, at) => rate.fromMs <= toMs && (rates[at + 1]?.fromMs ?? toMs) >= fromMs);
      return Math.max(...inForce.map(({ ratePerSecond }) => ratePerSecond));
    };
    const lowest = Math.min(...rates.map(({ ratePerSecond }) => ratePerSecond));
    let first = 0;
    for (const [at, timeMs] of times.entries()) {
      while (timeMs - (times[first] ?? 0) >= windowMs) first++;
      const count = at - first + 1;
      // Any rate allows as many.
      if (count <= lowest + 1) continue;
      const rate = rateIn(timeMs - windowMs - followMs, timeMs);
      const most = rate + Math.max(1, 0.05 * rate);
      if (count > most) return [`I10 ${count} requests on ${channel} in one second, at most ${most} allowed`];
    }
    return [];
  });
}
