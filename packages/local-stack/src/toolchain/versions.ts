/** Major, minor, patch. */
export type Version = readonly [number, number, number];

/** Finds the first version number after `label`; missing parts count as 0. Java's old "1.8.0" means 8. */
export function findVersion(output: string, label: RegExp): Version | undefined {
  const match = new RegExp(`${label.source}\\s*"?v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?`, label.flags).exec(output);
  if (match === null) return undefined;
  const [major = 0, minor = 0, patch = 0] = match.slice(1, 4).map((part) => Number(part ?? 0));
  return major === 1 && label.source.includes('version') ? [minor, patch, 0] : [major, minor, patch];
}

export function isAtLeast(version: Version, minimum: Version): boolean {
  for (const [index, wanted] of minimum.entries()) {
    const have = version[index] ?? 0;
    if (have !== wanted) return have > wanted;
  }
  return true;
}

/** "17" for [17, 0, 0], "3.11" for [3, 11, 0]. */
export function formatVersion(version: Version): string {
  return version.join('.').replace(/(\.0){1,2}$/, '');
}
