const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** The last two times at which digests are told: this one is of what happened in between. */
export interface DigestTime {
  beforeMs: number;
  atMs: number;
}

/**
 * The newest time of a digest that has come.
 * @param hoursUtc whole hours of each day, at least one, in any order.
 */
export function digestTimeAt(nowMs: number, hoursUtc: readonly number[]): DigestTime {
  const today = Math.floor(nowMs / dayMs) * dayMs;
  const times = [-2, -1, 0]
    .flatMap((day) => hoursUtc.map((hour) => today + day * dayMs + hour * hourMs))
    .filter((timeMs) => timeMs <= nowMs)
    .sort((a, b) => b - a);
  const [atMs, beforeMs] = times;
  if (atMs === undefined || beforeMs === undefined) throw new RangeError('a digest needs at least one hour of the day');
  return { beforeMs, atMs };
}
