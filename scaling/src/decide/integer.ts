/**
 * Whole-number arithmetic. Every division in `decide` goes through here, so that a product beyond 2^53, where JavaScript
 * numbers stop being exact, is an error and never a slightly wrong sizing.
 */

/** Bound once: this is asked for every division, and a look-up of the global costs more than the question. */
const { isSafeInteger } = Number;

/** Largest whole number not above a / b. Exact, unlike Math.floor(a / b), whose quotient is rounded first. */
export function down(a: number, b: number): number {
  requireExact(a);
  requireExact(b);
  return (a - (a % b)) / b;
}

/** Smallest whole number not below a / b. */
export function up(a: number, b: number): number {
  return down(a, b) + (a % b === 0 ? 0 : 1);
}

/** Whether an untrusted value is a whole number between 0 and `maximum`. */
export function isCount(value: unknown, maximum: number = Number.MAX_SAFE_INTEGER): value is number {
  return isSafeInteger(value) && (value as number) >= 0 && (value as number) <= maximum;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function requireExact(value: number): void {
  if (!isSafeInteger(value)) throw new RangeError(`scaling arithmetic left the exact range: ${value}`);
}
