/** Runs `work` for every entry, at most `limit` at once. After a failure nothing more is started; rejects with the first. */
export async function forEachAtOnce<Entry>(
  limit: number,
  entries: readonly Entry[],
  work: (entry: Entry) => Promise<void>,
): Promise<void> {
  const remaining = entries.values();
  let hasFailed = false;
  // All lanes draw from one iterator, so that each entry is done once.
  const lane = async () => {
    for (const entry of remaining) {
      if (hasFailed) return;
      await work(entry).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, entries.length) }, lane));
}
