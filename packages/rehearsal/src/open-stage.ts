import { createTestEndpoint } from '@quakewire/core';
import { type Installation, startInstallation, type Terminal } from '@quakewire/demo';
import { createDispatcher, type Dispatcher } from './dispatcher.ts';
import { endpointsAtFirst, rehearsalPolicy, steadyEndpoints } from './policy.ts';
import { createPopulation } from './population.ts';
import { createSnapshots } from './snapshots.ts';
import { createEndpoints } from './towns.ts';

import type { World } from './world.ts';

/** The local stack, before and after quakewire is on it. */
export interface Stage {
  stack: Installation['stack'];
  stop(): Promise<void>;
  deploy(): Promise<World>;
}

export async function openStage(isShort: boolean, terminal: Terminal): Promise<Stage> {
  // Provisioned pollers bring a bucket whose making takes the emulator a minute.
  const policy = rehearsalPolicy(!isShort);
  const endpoints = [
    ...createEndpoints('webhook', endpointsAtFirst),
    ...createEndpoints('telegram', steadyEndpoints),
    { ...createTestEndpoint('webhook', 'TR'), address: '/hooks/test' },
    { ...createTestEndpoint('telegram', 'TR'), address: '1' },
  ];
  const installation = await startInstallation(
    { purpose: 'rehearse', policy, endpoints, seed: 1, behaviour: { latencyMs: 20 } },
    terminal,
  );
  let dispatcher: Dispatcher | undefined;
  return {
    stack: installation.stack,
    async stop() {
      await dispatcher?.close();
      await installation.stop();
    },
    async deploy() {
      const deployed = await installation.deploy();
      const population = createPopulation(deployed, installation, terminal);
      dispatcher = createDispatcher(deployed, installation.stack);
      const base = { installation, deployed, policy, population, dispatcher, terminal };
      return { ...base, snapshots: createSnapshots(base) };
    },
  };
}
