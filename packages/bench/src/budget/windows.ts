/** The most that any window of so long holds. @param timesMs ascending. */
export function mostInWindow(timesMs: readonly number[], windowMs: number): number {
  let most = 0;
  let first = 0;
  for (const [at, timeMs] of timesMs.entries()) {
    while (timeMs - (timesMs[first] ?? 0) >= windowMs) first++;
    most = Math.max(most, at - first + 1);
  }
  return most;
}

/** How many lie in a window, and where it begins. */
export interface Window {
  count: number;
  fromMs: number;
}

/**
 * The emptiest window of so long, of those that lie between the two times; undefined when none does.
 * A window is emptiest just after one of the times has left it, so only those are looked at, and the first of all.
 * @param timesMs ascending.
 */
export function emptiestWindow(
  timesMs: readonly number[],
  windowMs: number,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Window | undefined {
  if (fromMs + windowMs > toMs) return undefined;
  let emptiest = { count: timesMs.filter((timeMs) => timeMs >= fromMs && timeMs < fromMs + windowMs).length, fromMs };
  let end = 0;
  for (const [at, timeMs] of timesMs.entries()) {
    if (timeMs < fromMs) continue;
    if (timeMs + windowMs >= toMs) break;
    while (end < timesMs.length && (timesMs[end] ?? 0) <= timeMs + windowMs) end++;
    if (end - at - 1 < emptiest.count) emptiest = { count: end - at - 1, fromMs: timeMs };
  }
  return emptiest;
}
