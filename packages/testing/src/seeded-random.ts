/** A repeatable source of numbers, for tests and simulations. */
export interface SeededRandom {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  /** An independent source that depends on this one's seed and `name` only, whatever was drawn before. */
  fork(name: string): SeededRandom;
}

/** mulberry32: 32 bits of state, good enough to choose schedules by, the same everywhere. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    fork: (name) =>
      createSeededRandom([...name].reduce((hash, sign) => Math.imul(hash, 31) + sign.charCodeAt(0), seed)),
  };
}
