import { isFinalPage, type PageRecord, personOf } from '@quakewire/core';
import type { DispatchWorld } from './dispatch-world.ts';

/** What must hold after any closed run of a world, whatever happened in it; answers with what does not. */
export async function brokenInvariants(world: DispatchWorld, seq = 1): Promise<string[]> {
  const broken: string[] = [];
  const expectThat = (holds: boolean, name: string): void => {
    if (!holds) broken.push(name);
  };
  const run = await world.closedRun({ seq });
  const pages = world.ledger.all().filter(({ key }) => key.seq === seq);
  const counts = run?.counts;
  expectThat(run?.state === 'closed' && counts !== undefined, 'the run is closed');
  expectThat(counts?.considered === world.people.length, 'everybody is considered');
  expectThat(counts?.considered === (counts?.eligible ?? 0) + (counts?.notConcerned ?? 0), 'considered adds up');
  expectThat(pages.every(isFinalPage), 'every page is final');
  // A pause may fall between the check and the request: only the one call that it hits is still made.
  const late = world.sends.filter(({ isHeld }) => !isHeld).length;
  expectThat(late <= world.pauses(), 'nothing but what a pause had in hand is sent on a page that is not held');
  const unknown = pages.flatMap(({ entries }) => entries.filter(({ outcome }) => outcome === 'unknown')).length;
  const perPage = Math.max(...pages.map(({ entries }) => entries.length));
  expectThat(unknown <= 4 * perPage * world.faults(), 'a fault leaves at most four pages unknown');
  const accepted = world.acceptedTimes();
  for (const page of pages) broken.push(...brokenOnPage(page, accepted, world.faults()));
  return broken;
}

function brokenOnPage(page: PageRecord, accepted: ReadonlyMap<string, number>, faults: number): string[] {
  return page.entries.flatMap(({ endpointId, outcome }) => {
    const times = accepted.get(endpointId) ?? 0;
    const who = `${personOf(endpointId)} ${outcome} accepted ${times} times on ${JSON.stringify(page.key)}`;
    if (outcome === 'accepted' && times < 1) return [`said to be told, was not: ${who}`];
    if (outcome !== 'accepted' && outcome !== 'unknown' && times > 0) return [`was told, said not to be: ${who}`];
    if (times > (page.resent ? 2 : 1)) return [`told too often: ${who}`];
    if (outcome === 'unknown' && faults === 0) return [`unknown without a fault: ${who}`];
    return [];
  });
}
