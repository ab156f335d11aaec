import { backupRunOf, type Entry, type PageRecord } from '@quakewire/core';
import { pageNameOf } from '../world/witness.ts';
import type { World } from '../world/world.ts';

/**
 * I11: over a channel and its backup a person is told once. Whoever stands in the backup's queue was handed over, and only
 * after a definite failure; whoever was handed over stands there.
 */
export function brokenHandOvers(world: World): string[] {
  return [...world.witness.pages()].flatMap((page) => [...brokenSource(world, page), ...brokenQueued(world, page)]);
}

/** What a page handed over, against the queue. */
function brokenSource({ witness }: World, page: PageRecord): string[] {
  const backup = backupRunOf(page.key);
  if (!backup || page.key.queued?.queue === 'backup') return [];
  const batches = batchesOf(witness, { ...page.key, ...backup });
  return page.entries.flatMap(({ endpointId, outcome, handedTo }) => {
    if (outcome !== 'handedToBackup') return [];
    const named = batches.filter(({ entries }) =>
      entries.some(({ endpointId: id, outcome: its }) => id === handedTo?.endpointId && its !== 'replayed'),
    );
    return named.length === 1
      ? []
      : [`I11 ${pageNameOf(page.key)}/${endpointId} is handed to its backup ${named.length} times`];
  });
}

/** Who stands in a backup's queue, against the pages that may have handed over. */
function brokenQueued({ witness }: World, page: PageRecord): string[] {
  if (page.key.queued?.queue !== 'backup') return [];
  const source = { ...page.key, channel: 'sms' as const, queued: undefined };
  const sources = [witness.page(pageNameOf(source)), ...replaysOf(witness, source)].filter(
    (each) => each !== undefined,
  );
  return page.entries.flatMap(({ endpointId }) => {
    const handedOver = sources.flatMap((each) =>
      each.entries
        .filter(({ handedTo }) => handedTo?.endpointId === endpointId)
        .map((entry) => ({ page: each, entry })),
    );
    const [first] = handedOver;
    if (!first || handedOver.length > 1)
      return [`I11 ${pageNameOf(page.key)} tells ${endpointId}, ${handedOver.length} times handed over`];
    const times = witness.acceptances.get(`${pageNameOf(first.page.key)}/${first.entry.endpointId}`) ?? 0;
    return times > 0 && !isRefuted(first.entry) ? [`I11 ${first.entry.endpointId} was told before its backup`] : [];
  });
}

/** Accepted first, and then a receipt said that it failed. */
const isRefuted = ({ messageId }: Entry): boolean => messageId !== undefined;

type Witness = World['witness'];
const batchesOf = (witness: Witness, key: PageRecord['key']): PageRecord[] => queuedAt(witness, key, 'backup');
const replaysOf = (witness: Witness, key: PageRecord['key']): PageRecord[] => queuedAt(witness, key, 'replay');

const queuedAt = (witness: Witness, key: PageRecord['key'], queue: 'backup' | 'replay'): PageRecord[] =>
  [...witness.pages()].filter(
    ({ key: other }) =>
      other.queued?.queue === queue &&
      other.earthquakeId === key.earthquakeId &&
      other.seq === key.seq &&
      other.channel === key.channel &&
      other.segmentId === key.segmentId &&
      other.page === key.page,
  );
