/** Major, minor, patch. */
export type Version = readonly [number, number, number];

/** The first version number right after `label`; missing parts count as 0. */
export function findVersion(output: string, label: string): Version | undefined {
  const match = new RegExp(`${label}\\s*"?v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?`).exec(output);
  if (match === null) return undefined;
  const [major = 0, minor = 0, patch = 0] = match.slice(1, 4).map((part) => Number(part ?? 0));
  return [major, minor, patch];
}

/** Java up to 8 called itself 1.8: its second number is the one that people mean. */
export function findJavaVersion(output: string): Version | undefined {
  const version = findVersion(output, 'version');
  return version?.[0] === 1 ? [version[1], version[2], 0] : version;
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
