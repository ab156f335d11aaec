import type { Run } from '@quakewire/core';
import { faultsOf } from '../faults.ts';
import { epochMs } from '../world/simulated-process.ts';
import { earliestExpiryMs, runName } from '../world/witness.ts';
import type { World } from '../world/world.ts';

/** From reading a row to the last start of a send to it. */
const stopWindowMs = 5_000;

/** I9: nobody is said to have been too late while there was time. */
export function brokenExpiry({ witness, nowMs }: World): string[] {
  return [...witness.pages()].flatMap(({ key, entries }) => {
    const run = witness.runs.get(runName(key));
    const leftMs = run ? run.expiresAtMs - epochMs - nowMs() : 0;
    const expired = entries.filter(({ outcome }) => outcome === 'expired').length;
    return leftMs > earliestExpiryMs && expired > 0 ? [`I9 ${expired} expired too early on ${runName(key)}`] : [];
  });
}

/** I9: no send starts after the expiry, nor much later than somebody's opting out. */
export function brokenTimes({ witness, people, faults }: World): string[] {
  const lagMs = Math.max(0, ...faultsOf(faults, 'stale').map(({ byMs }) => byMs));
  const runs = new Map<string, Run | undefined>();
  const runOf = (page: string): Run | undefined => {
    if (!runs.has(page)) runs.set(page, witness.runs.get(page.split('/', 3).join('/')));
    return runs.get(page);
  };
  return witness.sends.flatMap(({ page, endpointId, atMs }) => {
    const run = runOf(page);
    const lateMs = run ? epochMs + atMs - run.expiresAtMs : 0;
    if (lateMs > 0) return [`I9 ${page}/${endpointId} is sent ${Math.round(lateMs)} ms after the expiry`];
    const sinceStopMs = atMs - (people.stoppedAtMs(endpointId) ?? atMs);
    return sinceStopMs > stopWindowMs + lagMs
      ? [`I9 ${page}/${endpointId} is sent ${Math.round(sinceStopMs)} ms after opting out`]
      : [];
  });
}
