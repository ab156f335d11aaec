import type { VersionedFile } from '../ports.ts';

/** Keeps the last sizing for the next run; nothing is written when it is the same. */
export async function remember(text: string, history: VersionedFile): Promise<void> {
  const last = await history.read();
  if (last?.text !== text) await history.replace(text, last?.version ?? null);
}
