import type { Outcome } from '@quakewire/core';
import { createWorld, type Fault, type Scenario } from '@quakewire/simulation/world';
import { createSeededRandom } from '@quakewire/testing';
import { type Ended, toBeTold } from './ended.ts';
import { alertTimes } from './world-of-seed.ts';

/** The product's own code in one world of the simulation. */
export async function runOurs(scenario: Scenario, faults: readonly Fault[], seed: number): Promise<Ended> {
  const world = createWorld(scenario, faults, createSeededRandom(seed));
  const ending = await world.run();
  const { witness, people } = world;
  const records = new Map<string, { outcome: Outcome; reference: string }>();
  for (const { key, entries } of witness.pages()) {
    const page = `${key.earthquakeId}/${key.seq}/${key.channel}/${key.segmentId}/${key.page}`;
    for (const { endpointId, outcome } of entries)
      records.set(`${key.earthquakeId}/${endpointId}`, { outcome, reference: `${page}/${endpointId}` });
  }
  const ids = await toBeTold(people.directory, scenario);
  const alerts = alertTimes(faults);
  const fates = alerts.flatMap(({ earthquakeId }) =>
    ids.map((id) => {
      const { outcome: recorded, reference = '' } = records.get(`${earthquakeId}/${id}`) ?? {};
      const told = witness.acceptances.get(reference) ?? 0;
      return { told, recorded, wasUnknown: witness.wasUnknown(reference) };
    }),
  );
  const lastAlertMs = Math.max(...alerts.map(({ atMs }) => atMs));
  return { fates, lastedMs: ending === 'over' ? world.nowMs() - lastAlertMs : undefined };
}
