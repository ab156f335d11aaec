import type { RunKey, RunStore } from '../run.ts';

/** Opens the run of a queued page that nobody works on: whoever queued it may have died before it did so. */
export async function openIfNot(key: RunKey, { runs }: { runs: Pick<RunStore, 'read' | 'reopen'> }): Promise<void> {
  const run = await runs.read(key);
  if (run && (run.state === 'closed' || run.generation === 0)) await runs.reopen(key);
}
