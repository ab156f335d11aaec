import { pageNameOf } from '../world/witness.ts';
import type { World } from '../world/world.ts';

/** I13: whoever every attempt failed has a dead letter with all that a replay needs, and nobody else who was told. */
export function brokenLetters({ witness }: World): string[] {
  const named = new Set<string>();
  const broken: string[] = [];
  for (const letter of witness.letters) {
    const page = witness.page(pageNameOf(letter));
    for (const { slot, endpointId, reason, attempts } of letter.endpoints) {
      const name = `${pageNameOf(letter)}/${endpointId}`;
      named.add(name);
      const entry = page?.entries[slot];
      if (entry?.endpointId !== endpointId || !reason) broken.push(`I13 the letter of ${name} has no payload`);
      const made = witness.attempts(`${letter.id}/${endpointId}`);
      if (attempts !== made) broken.push(`I13 the letter of ${name} says ${attempts} attempts, ${made} were made`);
    }
  }
  for (const page of witness.pages())
    for (const { endpointId, outcome } of page.entries)
      if (outcome === 'exhausted' && !named.has(`${pageNameOf(page.key)}/${endpointId}`))
        broken.push(`I13 no dead letter of ${pageNameOf(page.key)}/${endpointId}`);
  return broken;
}
