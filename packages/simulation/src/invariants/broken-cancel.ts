import { type PageRecord, pageName } from '@quakewire/core';
import { personAt, runName } from '../world/witness.ts';
import type { World } from '../world/world.ts';

/** I8: a cancel reaches everybody who was told before, here or by their backup, and nobody else but those of unknown fate. */
export function brokenCancel({ witness }: World): string[] {
  const cancels = [...witness.pages()].filter(
    ({ key, state }) => state === 'settled' && witness.runs.get(runName(key))?.kind === 'cancel',
  );
  if (cancels.length === 0) return [];
  const told = new Set([...witness.acceptances.keys()].map(personAt));
  return cancels.flatMap(brokenPage);

  function brokenPage({ key, entries }: PageRecord): string[] {
    const cancel = pageName(key);
    const earlier = Array.from({ length: key.seq - 1 }, (_, at) => pageName({ ...key, seq: at + 1 }));
    return entries.flatMap(({ endpointId, outcome }) => {
      const wasTold = earlier.some((name) => told.has(personAt(`${name}/${endpointId}`)));
      const mayHave = earlier.some((name) => witness.wasUnknown(`${name}/${endpointId}`));
      if (wasTold && outcome === 'notInForce') return [`I8 ${cancel} leaves out ${endpointId}, who was told`];
      const isTold = witness.acceptances.has(`${cancel}/${endpointId}`);
      return isTold && !wasTold && !mayHave ? [`I8 ${cancel} tells ${endpointId}, who was not told before`] : [];
    });
  }
}
