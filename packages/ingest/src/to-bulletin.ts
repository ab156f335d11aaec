import type { Bulletin } from '@quakewire/core';
import type { IngestKey } from './key-ring.ts';
import type { PostedBulletin } from './parse-post.ts';

/** Whose it is, and whether it may ever be real, follows from the key: no field of a post can say otherwise. */
export function toBulletin(
  posted: PostedBulletin,
  { network, exercise }: Pick<IngestKey, 'network' | 'exercise'>,
  receivedAtMs: number,
): Bulletin {
  const id = `${network}-${posted.id}`;
  return {
    ...posted,
    ...{ source: 'ingest', id, ids: [id], network, receivedAtMs },
    exercise: exercise || posted.exercise,
  };
}
