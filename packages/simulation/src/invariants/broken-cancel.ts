import type { PageRecord } from '@quakewire/core';
import { pageNameOf, runName } from '../world/witness.ts';
import type { World } from '../world/world.ts';

/** I8: a cancel reaches everybody who was told before, and nobody else but those of unknown fate. */
export function brokenCancel({ witness }: World): string[] {
  const broken: string[] = [];
  for (const page of witness.pages()) {
    const run = witness.runs.get(runName(page.key));
    if (run?.kind === 'cancel' && page.state === 'settled') broken.push(...brokenPage(page));
  }
  return broken;

  function brokenPage(page: PageRecord): string[] {
    const cancel = pageNameOf(page.key);
    const earlier = Array.from({ length: page.key.seq - 1 }, (_, at) => pageNameOf({ ...page.key, seq: at + 1 }));
    return page.entries.flatMap(({ endpointId, outcome }) => {
      const wasTold = earlier.some((name) => witness.acceptances.has(`${name}/${endpointId}`));
      const mayHave = earlier.some((name) => witness.wasUnknown(`${name}/${endpointId}`));
      if (wasTold && outcome === 'notInForce') return [`I8 ${cancel} leaves out ${endpointId}, who was told`];
      const isTold = witness.acceptances.has(`${cancel}/${endpointId}`);
      return isTold && !wasTold && !mayHave ? [`I8 ${cancel} tells ${endpointId}, who was not told before`] : [];
    });
  }
}
