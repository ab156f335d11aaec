/**
 * The shortest key that lies after `last` and not after `next`: a bound between two neighbours, kept short because every
 * page has one.
 * @throws when `next` does not follow `last`: rows must come in key order, each once.
 */
export function separator(last: string, next: string): string {
  for (let length = 1; length <= next.length; length++) {
    const bound = next.slice(0, length);
    if (bound > last) return bound;
  }
  throw new Error(`sort key ${next} does not follow ${last}`);
}
