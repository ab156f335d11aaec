let count = 0;

/** A name that no other test of this process uses: suites of several tests share one store. */
export function uniqueName(prefix: string): string {
  count += 1;
  return `${prefix}${count}`;
}
