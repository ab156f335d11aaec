import { type PageRecord, pageName, personOf } from '@quakewire/core';
import { runName, withoutBatch } from '../world/witness.ts';
import type { World } from '../world/world.ts';

/**
 * I8: a cancel reaches everybody who was told before, and nobody else but those of unknown fate: where the page told them,
 * or a replay of it, and where the backup did, the backup again. Where the cancel itself fails, the backup may tell whoever was
 * told on another channel.
 */
export function brokenCancel({ witness }: World): string[] {
  const told = new Set([...witness.acceptances.keys()].map(withoutBatch));
  const people = new Set<string>();
  for (const name of told) people.add(personIn(name.split('/'), name.slice(name.lastIndexOf('/') + 1)));
  return [...witness.pages()].flatMap((page) => {
    const isCancel = witness.runs.get(runName(page.key))?.kind === 'cancel';
    return isCancel && page.state === 'settled' ? brokenPage(page) : [];
  });

  function brokenPage({ key, entries }: PageRecord): string[] {
    const { queued, ...place } = key;
    const nameOf = (seq: number): string => withoutBatch(pageName({ ...place, seq, ...(queued ? { queued } : {}) }));
    const earlier = Array.from({ length: key.seq - 1 }, (_, at) => nameOf(at + 1));
    const cancel = nameOf(key.seq);
    return entries.flatMap(({ endpointId, outcome }) => {
      const wasTold = earlier.some((name) => told.has(`${name}/${endpointId}`));
      const mayHave = earlier.some((name) => witness.wasUnknown(`${name}/${endpointId}`));
      if (wasTold && outcome === 'notInForce') return [`I8 ${cancel} leaves out ${endpointId}, who was told`];
      const isTold = told.has(`${cancel}/${endpointId}`);
      const wasReached = Array.from({ length: key.seq - 1 }, (_, at) =>
        personIn([key.earthquakeId, `${at + 1}`], endpointId),
      );
      const byBackup = queued !== undefined && wasReached.some((person) => people.has(person));
      return isTold && !wasTold && !mayHave && !byBackup
        ? [`I8 ${cancel} tells ${endpointId}, who was not told before`]
        : [];
    });
  }
}

/** A person in one alert, on whatever channel. */
const personIn = ([earthquakeId, seq]: readonly (string | undefined)[], endpointId: string): string =>
  `${earthquakeId}/${seq}/${personOf(endpointId)}`;
