import { faultsOf } from '../faults.ts';
import type { World } from '../world/world.ts';

const windowMs = 1_000;

/**
 * I10: in no second do more requests reach the provider than its rate allows, give or take one or 5 %. A budget that a new
 * sizing replaces between two runs leaves its last slot holders at their old rate until they end: both rates count then.
 */
export function brokenBudget({ witness, scenario, faults }: World): string[] {
  const later = faultsOf(faults, 'new-sizing').map((sizing) => sizing.ratePerSecond);
  const rate = [scenario.ratePerSecond, ...later].reduce((sum, each) => sum + each, 0);
  const most = rate + Math.max(1, 0.05 * rate);
  return [...witness.requests].flatMap(([channel, times]) => {
    let first = 0;
    let highest = 0;
    for (const [at, timeMs] of times.entries()) {
      while (timeMs - (times[first] ?? 0) >= windowMs) first++;
      highest = Math.max(highest, at - first + 1);
    }
    return highest > most ? [`I10 ${highest} requests on ${channel} in one second, at most ${most} allowed`] : [];
  });
}
